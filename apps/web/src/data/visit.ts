/** Who is signed in at this moment, as far as requests need to know: the token against forgery, and whether to ask for a password again. */
import { create } from 'zustand';

interface VisitState {
  /** Goes into `X-CSRF-Token`; null before anybody signed in. */
  readonly csrfToken: string | null;
  /** Set while a request waits for its person to sign in again. */
  readonly lost: { readonly resolve: (again: boolean) => void; readonly promise: Promise<boolean> } | null;
}

export const useVisit = create<VisitState>(() => ({ csrfToken: null, lost: null }));

export function rememberToken(csrfToken: string | null): void {
  useVisit.setState({ csrfToken });
}

/** Asks the person to sign in again, once for all requests that wait; false when they would rather not. */
export function signInAgain(): Promise<boolean> {
  const { lost } = useVisit.getState();
  if (lost !== null) return lost.promise;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  useVisit.setState({ lost: { promise, resolve } });
  return promise;
}

/** Answers all that wait for `signInAgain`. */
export function settleSignIn(again: boolean): void {
  const { lost } = useVisit.getState();
  useVisit.setState({ lost: null });
  lost?.resolve(again);
}
