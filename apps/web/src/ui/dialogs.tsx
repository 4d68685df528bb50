/** What opens above a page: a drawer beside it, a dialog over it, a question before something is destroyed. */
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { Drawer as MantineDrawer, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Button } from './buttons.tsx';
import styles from './dialogs.module.css';
import { Field } from './fields.tsx';
import { Row, Stack } from './layout.tsx';

/** Its head is a header to HTML, which would be a second banner of the page. */
const PLAIN_HEAD = { header: { role: 'presentation' } };

const TITLE = { title: styles.title ?? '' };

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
      classNames={TITLE}
      attributes={PLAIN_HEAD}
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
      classNames={TITLE}
      attributes={PLAIN_HEAD}
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
