/** Reports: which there are, what each of their numbers means. */
import { listReports } from '@logonscope/protocol';
import { useAsk } from '../../data/ask.ts';
import { PageLink } from '../../parts/links.tsx';
import { Answer, PageHeader, Stack } from '../../ui/index.ts';
import styles from './reports.module.css';

const isAnalytic = ({ id }: { readonly id: string }) => id.startsWith('CAR-');

export default function ReportsPage() {
  const asked = useAsk(listReports, {}, { freshMs: 3_600_000 });
  return (
    <>
      <PageHeader
        title="Reports"
        about="Each can be filtered, printed, exported, and shared by its address."
      />
      <Answer of={asked} rows={10}>
        {({ rows }) => (
          <Stack>
            <List title="Use and logons" rows={rows.filter((row) => !isAnalytic(row))} />
            <List title="Analytics after MITRE CAR" rows={rows.filter(isAnalytic)}>
              <li>
                <PageLink page="reports/car-coverage">Coverage of the CAR data model</PageLink>
                <p>Which Windows event gives which field of `user_session`.</p>
              </li>
            </List>
          </Stack>
        )}
      </Answer>
    </>
  );
}

function List({
  title,
  rows,
  children,
}: {
  title: string;
  rows: readonly { readonly id: string; readonly title: string; readonly method: string }[];
  children?: React.ReactNode;
}) {
  return (
    <section>
      <h2 className={styles.listTitle}>{title}</h2>
      <ul className={styles.list}>
        {rows.map(({ id, title: name, method }) => (
          <li key={id}>
            <PageLink page={`reports/${id}`}>{name}</PageLink>
            {isAnalytic({ id }) ? <code> {id}</code> : null}
            <p>{method}</p>
          </li>
        ))}
        {children}
      </ul>
    </section>
  );
}
