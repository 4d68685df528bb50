/** The menu of a lane and a moment: by right click, long press or Shift+F10; worked with arrows, Enter and Escape. */

import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rangeText } from '../../app/range.ts';
import { useCarried, usePagePath } from '../../parts/links.tsx';
import { formatInstant, type MenuPlace, type Timeline } from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';
import { copyLink } from './copy-link.ts';
import styles from './timeline.module.css';

interface ContextMenuProps {
  readonly timeline: Timeline;
  readonly menu: MenuPlace;
  readonly by: LaneKind;
  readonly onClose: () => void;
}

interface Item {
  readonly label: string;
  readonly act: () => void;
}

const AROUND_MS = 30 * 60_000;

export default function ContextMenu(props: ContextMenuProps) {
  const { menu, onClose } = props;
  const items = useItems(props);
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: menu.clientX, top: menu.clientY });
  useLayoutEffect(() => {
    const box = list.current!.getBoundingClientRect();
    setPlace({
      left: Math.max(8, Math.min(menu.clientX, innerWidth - box.width - 8)),
      top: Math.max(8, Math.min(menu.clientY, innerHeight - box.height - 8)),
    });
    list.current!.querySelector('button')?.focus();
  }, [menu]);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (!list.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [onClose]);
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label="Lane"
      className={styles.menu}
      style={place}
      onKeyDown={(event) => move(event, onClose)}
    >
      {items.map(({ label, act }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onClose();
            act();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function move(event: KeyboardEvent<HTMLDivElement>, onClose: () => void): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % buttons.length,
    ArrowUp: (at - 1 + buttons.length) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  };
  if (event.key === 'Escape' || event.key === 'Tab') onClose();
  else if (Object.hasOwn(targets, event.key)) buttons[targets[event.key]!]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function useItems({ timeline, menu, by }: ContextMenuProps): Item[] {
  const navigate = useNavigate();
  const path = usePagePath();
  const carried = useCarried();
  const { laneId, sessionId, at } = menu;
  const { choice } = timeline;
  const name = timeline.lanes.list[timeline.lanes.indexOf(laneId ?? '')]?.name ?? '';
  const pinned = laneId !== null && choice.pinned.includes(laneId);
  const ofLane: Item[] =
    laneId === null
      ? []
      : [
          choice.only === laneId
            ? { label: 'Show all lanes', act: () => timeline.setChoice({ only: null }) }
            : { label: `Only ${name}`, act: () => timeline.setChoice({ only: laneId }) },
          {
            label: `Hide ${name}`,
            act: () => timeline.setChoice({ hidden: new Set([...choice.hidden, laneId]) }),
          },
          {
            label: pinned ? `Unpin ${name}` : `Pin ${name} to the top`,
            act: () =>
              timeline.setChoice({
                pinned: pinned ? choice.pinned.filter((id) => id !== laneId) : [...choice.pinned, laneId],
              }),
          },
        ];
  const ofSession: Item[] =
    sessionId === null || laneId === null
      ? []
      : [{ label: 'Details of the session', act: () => timeline.select({ laneId, sessionId }) }];
  const key = by === 'computer' ? 'host' : 'user';
  const filter = by === 'site' || name === '' ? '' : `${key}:"${name.replaceAll('"', '')}"`;
  const range = rangeText(at - AROUND_MS, at + AROUND_MS);
  return [
    ...ofSession,
    ...ofLane,
    {
      label: `Mark ${formatInstant(timeline.options.clock, at)}`,
      act: () => timeline.setMarks([...timeline.marks, { from: at, to: at, name: '' }]),
    },
    { label: 'Copy link', act: () => void copyLink() },
    {
      label: 'Raw events around this moment',
      act: () =>
        void navigate({
          to: path('events'),
          search: { ...carried, range, ...(filter === '' ? {} : { q: filter }) } as never,
        }),
    },
  ];
}
