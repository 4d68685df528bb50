/** A short explanation beside what it explains: by pointer and by keyboard, gone by Escape, and one may point at it. */
import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './menu.module.css';
import { place } from './place.ts';

const OPEN_MS = 350;
const CLOSE_MS = 120;

interface TooltipProps {
  readonly text: ReactNode;
  readonly children: ReactElement;
  /** It only repeats the name of its button, which is read out anyway. */
  readonly isName?: boolean;
}

export function Tooltip({ text, children, isName = false }: TooltipProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const soon = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    if (!open) return;
    tip.current!.showPopover();
    place(tip.current!, anchor.current!, 'center');
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', hide);
    return () => removeEventListener('keydown', hide);
  }, [open]);
  const child = children as ReactElement<Record<string, unknown>>;
  const button = cloneElement(child, {
    ref: (element: HTMLElement | null) => {
      anchor.current = element;
      const { ref } = child.props as { ref?: ((element: HTMLElement | null) => void) | { current: unknown } };
      if (typeof ref === 'function') ref(element);
      else if (ref) ref.current = element;
    },
    ...(isName || !open ? {} : { 'aria-describedby': id }),
    onMouseEnter: () => soon(true, OPEN_MS),
    onMouseLeave: () => soon(false, CLOSE_MS),
    onFocus: () => anchor.current?.matches(':focus-visible') && soon(true, OPEN_MS),
    onBlur: () => soon(false, 0),
    onPointerDown: () => soon(false, 0),
  });
  return (
    <>
      {button}
      {open ? (
        <div
          ref={tip}
          id={id}
          role="tooltip"
          popover="manual"
          className={styles.tip}
          onMouseEnter={() => clearTimeout(timer.current)}
          onMouseLeave={() => soon(false, CLOSE_MS)}
        >
          {text}
        </div>
      ) : null}
    </>
  );
}
