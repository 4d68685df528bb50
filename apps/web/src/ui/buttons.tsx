/** Buttons: the plain one, the one of an icon with a name, and the one that copies. */
import { ActionIcon, type ActionIconProps, Button as MantineButton, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toast } from './toasts.tsx';

type Look = 'primary' | 'default' | 'quiet' | 'danger';

const LOOKS = {
  primary: { variant: 'filled' },
  default: { variant: 'default' },
  quiet: { variant: 'subtle' },
  danger: { variant: 'filled', color: 'red.9' },
} as const;

export interface ButtonProps {
  readonly children: ReactNode;
  readonly look?: Look;
  readonly icon?: ReactNode;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  readonly full?: boolean;
  readonly small?: boolean;
  readonly onClick?: () => void;
  readonly form?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-expanded'?: boolean;
}

export function Button({
  look = 'default',
  icon,
  busy = false,
  full = false,
  small = false,
  ...rest
}: ButtonProps) {
  return (
    <MantineButton
      {...LOOKS[look]}
      type="button"
      size={small ? 'xs' : 'sm'}
      loading={busy}
      fullWidth={full}
      {...(icon === undefined ? {} : { leftSection: icon })}
      {...rest}
    />
  );
}

export interface IconButtonProps extends Omit<ActionIconProps, 'variant' | 'color' | 'size'> {
  /** What it does; read out, and shown as a tooltip. */
  readonly label: string;
  readonly children: ReactNode;
  readonly onClick?: () => void;
}

/** A button of an icon alone; never without a name. */
export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} openDelay={400} events={{ hover: true, focus: true, touch: false }}>
      <ActionIcon variant="subtle" color="gray" c="inherit" size={32} aria-label={label} {...rest}>
        {children}
      </ActionIcon>
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
