/** Buttons: the plain one, the one of an icon with a name, and the one that copies. */
import { Check, Copy } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import styles from './buttons.module.css';
import { toast } from './toasts.tsx';
import { Tooltip } from './tooltip.tsx';

type Native = Omit<ComponentProps<'button'>, 'style' | 'className' | 'onClick' | 'children'>;

export interface ButtonProps extends Native {
  readonly children: ReactNode;
  readonly look?: 'primary' | 'default' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** Under way: it cannot be pressed again, and says so. */
  readonly busy?: boolean;
  readonly full?: boolean;
  readonly small?: boolean;
  readonly onClick?: () => void;
}

export function Button({
  look = 'default',
  icon,
  busy = false,
  full = false,
  small = false,
  disabled = false,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={styles.button}
      data-look={look}
      data-full={full || undefined}
      data-small={small || undefined}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className={styles.busy} aria-hidden /> : icon}
      <span className={styles.words}>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Native {
  /** What it does; read out, and shown as a tooltip. */
  readonly label: string;
  readonly children: ReactNode;
  readonly onClick?: () => void;
}

/** A button of an icon alone; never without a name. */
export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} isName>
      <button type="button" className={styles.icon} aria-label={label} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}

const COPIED_SHOWN_MS = 2_000;

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    } catch {
      toast(`The browser does not let us copy. Select the ${what} and copy it by hand.`, 'trouble');
    }
  };
  return (
    <Button icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />} onClick={copy}>
      {copied ? 'Copied' : `Copy ${what}`}
    </Button>
  );
}
