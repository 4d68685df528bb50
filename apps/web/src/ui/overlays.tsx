/** What opens above a page: a drawer beside it, a dialog over it, a question before something is destroyed, menus. */
import {
  Drawer as MantineDrawer,
  Menu as MantineMenu,
  Tooltip as MantineTooltip,
  Modal,
} from '@mantine/core';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button } from './buttons.tsx';
import { Field } from './fields.tsx';
import { Row, Stack } from './layout.tsx';

interface OverlayProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** A sheet at the right; the whole screen on phones. Escape closes it, and the focus goes back to where it was. */
export function Drawer({ open, onClose, title, children, wide = false }: OverlayProps & { wide?: boolean }) {
  return (
    <MantineDrawer
      opened={open}
      onClose={onClose}
      title={title}
      position="right"
      size={wide ? 'min(720px, 100vw)' : 'min(480px, 100vw)'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </MantineDrawer>
  );
}

/** A dialog in the middle. `stubborn` ones close by their own buttons only. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  wide = false,
  stubborn = false,
}: OverlayProps & { wide?: boolean; stubborn?: boolean }) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      centered
      size={wide ? 'xl' : 'md'}
      closeOnClickOutside={!stubborn}
      closeOnEscape={!stubborn}
      withCloseButton={!stubborn}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </Modal>
  );
}

/** Asks before something is destroyed; `typed` has to be typed where the loss is large. */
export function ConfirmDialog({
  action,
  typed,
  busy = false,
  onConfirm,
  children,
  ...dialog
}: OverlayProps & { action: string; typed?: string; busy?: boolean; onConfirm: () => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog {...dialog}>
      <Stack>
        <div>{children}</div>
        {typed === undefined ? null : (
          <Field label={`Type ${typed} to confirm`} value={text} onChange={setText} autoComplete="off" />
        )}
        <Row end>
          <Button onClick={dialog.onClose}>Cancel</Button>
          <Button
            look="danger"
            busy={busy}
            disabled={typed !== undefined && text !== typed}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}

export interface MenuItem {
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly onClick: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

/** A button that opens a list of deeds; null draws a line. */
export function Menu({ trigger, items }: { trigger: ReactElement; items: readonly (MenuItem | null)[] }) {
  return (
    <MantineMenu position="bottom-end" withinPortal>
      <MantineMenu.Target>{trigger}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {items.map((item, index) =>
          item === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and menus do not change while open.
            <MantineMenu.Divider key={index} />
          ) : (
            <MantineMenu.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: menus do not change while open.
              key={index}
              leftSection={item.icon}
              {...(item.danger ? { color: 'var(--danger)' } : {})}
              disabled={item.disabled ?? false}
              onClick={item.onClick}
            >
              {item.label}
            </MantineMenu.Item>
          ),
        )}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}

/** A short explanation; shown by pointer and by keyboard, gone by Escape. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <MantineTooltip
      label={text}
      multiline
      maw={320}
      openDelay={300}
      events={{ hover: true, focus: true, touch: true }}
    >
      {children}
    </MantineTooltip>
  );
}
