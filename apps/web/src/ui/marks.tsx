/** Small marks: badges of a state, keys of a keyboard, a thin bar of progress. */
import type { ReactNode } from 'react';
import styles from './marks.module.css';

export type Tone = 'plain' | 'accent' | 'success' | 'warning' | 'danger';

/** A word about a state; always a word, the colour only helps. */
export function Badge({
  children,
  tone = 'plain',
  icon,
}: {
  children: ReactNode;
  tone?: Tone;
  icon?: ReactNode;
}) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

/** Keys as they stand on a keyboard, `Ctrl+K`. */
export function Keys({ children }: { children: string }) {
  return (
    <span className="nowrap">
      {children.split('+').map((key, index) => (
        <span key={key}>
          {index === 0 ? null : '+'}
          <kbd className={styles.key}>{key}</kbd>
        </span>
      ))}
    </span>
  );
}

/** How far something is, from 0 to 1; null where that is not known. */
export function Progress({ label, share }: { label: string; share: number | null }) {
  return (
    <progress
      className={styles.progress}
      aria-label={label}
      max={100}
      {...(share === null ? {} : { value: Math.round(share * 100) })}
    />
  );
}
