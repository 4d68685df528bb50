/** The states of a panel: loading, empty, failed, denied. A part that fails fails alone, and says what helps. */
import { RefusedError } from '@logonscope/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleSlash2, Inbox, TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from './buttons.tsx';
import styles from './states.module.css';

/** Rows in the height of what will stand here; they show only after 150 ms, since most answers are faster. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are all alike.
        <div key={row} style={{ width: `${92 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Nothing to show, why, and what to do about it. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <Inbox size={28} aria-hidden />
      <strong>{title}</strong>
      {children === undefined ? null : <div className="muted">{children}</div>}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** A page or a part that the person's role does not open. */
export function DeniedState({ needs }: { needs: string }) {
  return (
    <div className={styles.state}>
      <CircleSlash2 size={28} aria-hidden />
      <strong>You are not allowed to see this</strong>
      <div className="muted">
        This needs the role {needs}. An administrator of the installation can grant it.
      </div>
    </div>
  );
}

/** What went wrong, for people: the sentence, and the number to find it in the error log by. */
export function wordsOf(error: unknown): { title: string; detail: string; requestId: string | null } {
  if (error instanceof RefusedError) {
    const { status, problem, retryAfterSeconds } = error.refusal;
    const wait = retryAfterSeconds === null ? '' : ` Try again in ${retryAfterSeconds} s.`;
    return {
      title: problem?.title ?? `The server answered ${status}`,
      detail: `${problem?.detail ?? ''}${wait}`.trim(),
      requestId: problem?.requestId ?? null,
    };
  }
  if (error instanceof TypeError) {
    return { title: 'The server cannot be reached', detail: 'Check the connection.', requestId: null };
  }
  return {
    title: 'Something went wrong',
    detail: error instanceof Error ? error.message : '',
    requestId: null,
  };
}

export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail, requestId } = wordsOf(error);
  return (
    <div className={styles.state} role="alert">
      <TriangleAlert size={28} aria-hidden />
      <strong>{title}</strong>
      {detail === '' ? null : <div>{detail}</div>}
      {requestId === null ? null : (
        <div className="muted">
          Request <code>{requestId}</code>
        </div>
      )}
      {onRetry === undefined ? null : (
        <div className={styles.actions}>
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Catches what a part throws while drawing, so that the rest of the page stays. */
export class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorPanel error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

/**
 * An answer in its states: bars while there is none, the error where it failed, else what `children` makes of it.
 * While a newer one is under way the old one stays, marked as busy.
 */
export function Answer<T>({
  of: asked,
  rows = 6,
  children,
}: {
  of: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (asked.data !== undefined) {
    const busy = asked.isFetching && asked.isPlaceholderData;
    return (
      <div className={styles.answer} aria-busy={busy}>
        {asked.isError ? <ErrorPanel error={asked.error} onRetry={asked.refetch} /> : null}
        <Boundary>{children(asked.data)}</Boundary>
      </div>
    );
  }
  if (asked.isError) return <ErrorPanel error={asked.error} onRetry={asked.refetch} />;
  return <Skeleton rows={rows} />;
}
