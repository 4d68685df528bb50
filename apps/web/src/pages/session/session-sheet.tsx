/** The drawer of a session, as `SessionDrawer` opens it. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { PageLink } from '../../parts/links.tsx';
import { Drawer, IconButton } from '../../ui/index.ts';
import styles from './session.module.css';
import { SessionDetail } from './session-detail.tsx';

export interface SessionDrawerProps {
  readonly rows: readonly { readonly id: string }[];
  /** Empty: none is open. */
  readonly openId: string;
  readonly onOpen: (id: string) => void;
}

export default function SessionSheet({ rows, openId, onOpen, open }: SessionDrawerProps & { open: boolean }) {
  const at = rows.findIndex(({ id }) => id === openId);
  const step = (by: number) => {
    const next = rows[at + by];
    if (next !== undefined) onOpen(next.id);
  };
  return (
    <Drawer open={open} onClose={() => onOpen('')} title="Session" wide>
      {openId === '' ? null : (
        <>
          <div className={styles.steps}>
            {at < 0 ? null : (
              <>
                <IconButton label="The one before in the list" disabled={at === 0} onClick={() => step(-1)}>
                  <ChevronUp size={18} aria-hidden />
                </IconButton>
                <IconButton
                  label="The next in the list"
                  disabled={at + 1 >= rows.length}
                  onClick={() => step(1)}
                >
                  <ChevronDown size={18} aria-hidden />
                </IconButton>
              </>
            )}
            <PageLink page={`sessions/${openId}`}>Open as a page</PageLink>
          </div>
          <SessionDetail key={openId} sessionId={openId} />
        </>
      )}
    </Drawer>
  );
}
