/** Where things stand: stacks, rows, panels, tiles, the head of a page. */
import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** One below the other. */
export function Stack({
  children,
  tight = false,
  narrow = false,
}: {
  children: ReactNode;
  tight?: boolean;
  narrow?: boolean;
}) {
  return (
    <div className={styles.stack} data-tight={tight || undefined} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}

/** Side by side, in several lines where there is no room. */
export function Row({
  children,
  end = false,
  spread = false,
}: {
  children: ReactNode;
  end?: boolean;
  spread?: boolean;
}) {
  return (
    <div className={styles.row} data-end={end || undefined} data-spread={spread || undefined}>
      {children}
    </div>
  );
}

/** As many equal columns as fit, each at least so wide. */
export function Columns({
  children,
  min = 'normal',
}: {
  children: ReactNode;
  min?: 'narrow' | 'normal' | 'wide';
}) {
  return (
    <div className={styles.columns} data-min={min}>
      {children}
    </div>
  );
}

/** The head of a page: what it is, what it is about, what can be done. Sets the title of the document too. */
export function PageHeader({
  title,
  about,
  children,
}: {
  title: string;
  about?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <title>{`${title} · Logonscope`}</title>
      <div>
        <h1>{title}</h1>
        {about === undefined ? null : <p className="muted">{about}</p>}
      </div>
      {children === undefined ? null : <div className={styles.row}>{children}</div>}
    </header>
  );
}

/** A part of a page with a frame and, mostly, a title. */
export function Panel({
  title,
  actions,
  children,
  flush = false,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className={styles.panel} data-flush={flush || undefined}>
      {title === undefined ? null : (
        <div className={styles.panelHead}>
          <h2>{title}</h2>
          {actions === undefined ? null : <div className={styles.row}>{actions}</div>}
        </div>
      )}
      <div className={styles.panelBody}>{children}</div>
    </section>
  );
}

/** A figure with its name, and what it is made of or compared with. */
export function Tile({
  name,
  value,
  note,
  tone = 'plain',
}: {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: 'plain' | 'warning' | 'danger';
}) {
  return (
    <div className={styles.tile} data-tone={tone}>
      <div className={styles.tileName}>{name}</div>
      <div className={styles.tileValue}>{value}</div>
      {note === undefined ? null : <div className={styles.tileNote}>{note}</div>}
    </div>
  );
}

/** Names and values, one per line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
