/** Small marks: badges of a state, keys of a keyboard, tabs, a thin bar of progress. */
import { Kbd, Badge as MantineBadge, Progress as MantineProgress, Tabs as MantineTabs } from '@mantine/core';
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
    <MantineBadge
      className={styles.badge ?? ''}
      data-tone={tone}
      variant="outline"
      radius="sm"
      tt="none"
      {...(icon === undefined ? {} : { leftSection: icon })}
    >
      {children}
    </MantineBadge>
  );
}

/** Keys as they stand on a keyboard, `Ctrl+K`. */
export function Keys({ children }: { children: string }) {
  return (
    <span className="nowrap">
      {children.split('+').map((key, index) => (
        <span key={key}>
          {index === 0 ? null : '+'}
          <Kbd>{key}</Kbd>
        </span>
      ))}
    </span>
  );
}

export interface Tab<V extends string = string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

/** Several panels of which one shows; the others are not in the page. */
export function Tabs<V extends string>({
  label,
  value,
  onChange,
  tabs,
}: {
  label: string;
  value: V;
  onChange: (value: V) => void;
  tabs: readonly Tab<V>[];
}) {
  return (
    <MantineTabs value={value} onChange={(next) => next !== null && onChange(next as V)} keepMounted={false}>
      <MantineTabs.List aria-label={label}>
        {tabs.map((tab) => (
          <MantineTabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map((tab) => (
        <MantineTabs.Panel key={tab.value} value={tab.value} pt="md">
          {tab.panel}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  );
}

/** How far something is, from 0 to 1. */
export function Progress({ label, share }: { label: string; share: number }) {
  return (
    <MantineProgress.Root size="md">
      <MantineProgress.Section aria-label={label} value={Math.round(share * 100)} />
    </MantineProgress.Root>
  );
}
