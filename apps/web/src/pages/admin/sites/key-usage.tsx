/** How much a key was used, day by day. */
import { getKeyUsage } from '@logonscope/protocol';
import { useView } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Dialog, EmptyState, Stack, Table } from '../../../ui/index.ts';
import type { KeyRow } from './rows.ts';
import styles from './sites.module.css';
import { TEXT } from './text.ts';

const BAR_PX = 120;

export function KeyUsage({ apiKey, onClose }: { apiKey: KeyRow; onClose: () => void }) {
  const { companyId } = useView();
  const asked = useAsk(getKeyUsage, { params: { companyId, keyId: apiKey.id } });
  const count = new Intl.NumberFormat();
  return (
    <Dialog open onClose={onClose} title={`${TEXT.usage}: ${apiKey.prefix}…`} wide>
      <Stack>
        <div className="muted">{TEXT.usageAbout}</div>
        <Answer of={asked}>
          {({ rows }) => {
            const most = Math.max(1, ...rows.map(({ events }) => events));
            if (rows.length === 0) return <EmptyState title={TEXT.unused} />;
            return (
              <Table
                label={TEXT.usage}
                rows={rows}
                rowKey={({ day }) => day}
                initialSort={{ column: 'day', down: true }}
                columns={[
                  { id: 'day', head: 'Day', main: true, cell: ({ day }) => day, sort: ({ day }) => day },
                  {
                    id: 'events',
                    head: 'Events',
                    numeric: true,
                    cell: ({ events }) => count.format(events),
                    sort: ({ events }) => events,
                  },
                  {
                    id: 'bar',
                    head: <span className="visually-hidden">Share of the busiest day</span>,
                    wideOnly: true,
                    cell: ({ events }) => (
                      <span aria-hidden className={styles.bar} style={{ width: (events / most) * BAR_PX }} />
                    ),
                  },
                  {
                    id: 'requests',
                    head: 'Requests',
                    numeric: true,
                    cell: ({ requests }) => count.format(requests),
                    sort: ({ requests }) => requests,
                  },
                  {
                    id: 'errors',
                    head: 'Errors',
                    numeric: true,
                    cell: ({ errors }) => count.format(errors),
                    sort: ({ errors }) => errors,
                  },
                ]}
              />
            );
          }}
        </Answer>
      </Stack>
    </Dialog>
  );
}
