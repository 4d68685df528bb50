/** Short messages about what was just done. Read out politely, gone after a while, never the only place of an error. */
import { CheckCircle2, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import styles from './toasts.module.css';

type Tone = 'done' | 'note' | 'trouble';

interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
}

const SHOWN_MS = 6_000;
const TROUBLE_SHOWN_MS = 12_000;
const TOASTS_MAX = 4;

const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let latestId = 0;

/** Shows a message: `toast('Site created.')`, `toast('The key could not be copied.', 'trouble')`. */
export function toast(text: string, tone: Tone = 'done'): void {
  const id = ++latestId;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { id, tone, text }].slice(-TOASTS_MAX) }));
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));
}

const ICONS = { done: CheckCircle2, note: Info, trouble: TriangleAlert } as const;

function OneToast({ id, tone, text }: Toast) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), tone === 'trouble' ? TROUBLE_SHOWN_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  const Icon = ICONS[tone];
  return (
    <li className={styles.toast} data-tone={tone}>
      <Icon size={18} aria-hidden />
      <span>{text}</span>
      <button type="button" aria-label="Dismiss message" onClick={() => dismiss(id)}>
        <X size={16} aria-hidden />
      </button>
    </li>
  );
}

/** The place of all messages; mounted once. */
export function Toasts() {
  const { toasts } = useToasts();
  return (
    <section aria-label="Messages" aria-live="polite" className={styles.place}>
      <ul>
        {toasts.map((one) => (
          <OneToast key={one.id} {...one} />
        ))}
      </ul>
    </section>
  );
}
