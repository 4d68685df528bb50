/** A button that opens a list of deeds, worked with pointer, arrows, first letters and Escape. */
import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './menu.module.css';
import { place } from './place.ts';

export interface MenuItem {
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly onClick: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** What holds at the moment, of several that exclude each other. */
  readonly checked?: boolean;
}

interface MenuProps {
  /** The button; it is given its part of the work. */
  readonly trigger: ReactElement;
  /** Null draws a line. */
  readonly items: readonly (MenuItem | null)[];
}

const ITEMS = '[role^="menuitem"]:not([disabled])';

/** The item that a key leads to from the one at `at`. */
function target(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items[(at - 1 + items.length) % items.length];
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = (item: HTMLElement) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins);
}

/** Shows the list where it belongs, and closes it when something else is pressed. */
function useOpenList(
  list: RefObject<HTMLDivElement | null>,
  anchor: RefObject<HTMLElement | null>,
  close: () => void,
) {
  useLayoutEffect(() => {
    const element = list.current!;
    element.showPopover();
    place(element, anchor.current!, 'end');
    element.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    if (!element.contains(document.activeElement)) element.querySelector<HTMLElement>(ITEMS)?.focus();
  }, [list, anchor]);
  useEffect(() => {
    const again = () => list.current && anchor.current && place(list.current, anchor.current, 'end');
    const pressed = ({ target: at }: PointerEvent) => {
      const inside = [list, anchor].some(({ current }) => current?.contains(at as Node));
      if (!inside) close();
    };
    addEventListener('resize', again);
    addEventListener('scroll', again, true);
    addEventListener('pointerdown', pressed);
    return () => {
      removeEventListener('resize', again);
      removeEventListener('scroll', again, true);
      removeEventListener('pointerdown', pressed);
    };
  });
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const { label, icon, danger, disabled = false, checked } = item;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the state is there only where the role is menuitemradio.
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      tabIndex={-1}
      disabled={disabled}
      className={styles.item}
      data-danger={danger || undefined}
      onClick={() => {
        onDone();
        item.onClick();
      }}
    >
      {icon === undefined ? null : <span className={styles.icon}>{icon}</span>}
      <span>{label}</span>
    </button>
  );
}

function List({
  id,
  items,
  anchor,
  onClose,
}: {
  id: string;
  items: MenuProps['items'];
  anchor: RefObject<HTMLElement | null>;
  onClose: (giveFocusBack: boolean) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useOpenList(list, anchor, () => onClose(false));
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      onClose(event.key === 'Escape');
      return;
    }
    const all = [...list.current!.querySelectorAll<HTMLElement>(ITEMS)];
    const next = target(all, all.indexOf(document.activeElement as HTMLElement), event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      popover="manual"
      className={styles.list}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
    >
      {items.map((item, index) =>
        item === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and menus do not change while open.
          <hr key={index} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: menus do not change while open.
          <Item key={index} item={item} onDone={() => onClose(true)} />
        ),
      )}
    </div>
  );
}

export function Menu({ trigger, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (giveFocusBack: boolean) => {
    setOpen(false);
    if (giveFocusBack) anchor.current?.focus();
  };
  const button = cloneElement(trigger as ReactElement<Record<string, unknown>>, {
    ref: anchor,
    'aria-haspopup': 'menu',
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    onClick: (event?: { stopPropagation(): void }) => {
      event?.stopPropagation();
      setOpen(!open);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' || open) return;
      event.preventDefault();
      setOpen(true);
    },
  });
  return (
    <>
      {button}
      {open ? <List id={id} items={items} anchor={anchor} onClose={close} /> : null}
    </>
  );
}
