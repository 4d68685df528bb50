/** The server as a source: the contract's calls with the token against forgery, and a second try after signing in again. */
import { call, type Endpoint, RefusedError } from '@logonscope/protocol';
import type { AskOptions, Source } from './source.ts';
import { signInAgain, useVisit } from './visit.ts';

/** What the server says of a session that ended while its page was open. */
const SESSION_OVER = 'account/sign-in';

/** Doors that open before anyone is known: their refusals are answers, no reason to ask for a password. */
const isDoor = ({ auth }: Endpoint): boolean => auth === 'anonymous';

function headers(): Record<string, string> {
  const { csrfToken } = useVisit.getState();
  return csrfToken === null ? {} : { 'x-csrf-token': csrfToken };
}

function isOver(error: unknown): boolean {
  return error instanceof RefusedError && error.refusal.problem?.code === SESSION_OVER;
}

/** The server that gave out this page. */
export const serverSource: Source = {
  kind: 'server',
  id: 'server',
  knows: () => true,
  async ask(endpoint, input, { signal } = {}) {
    const asked = signal === undefined ? input : Object.assign({}, input, { signal });
    const once = () => call({ base: '', headers }, endpoint, asked as typeof input & AskOptions);
    try {
      return await once();
    } catch (error) {
      if (isDoor(endpoint) || !isOver(error) || !(await signInAgain())) throw error;
      return once();
    }
  },
};
