/** The options of a report: only those it reads, all of them in the address, so that a link is the report. */
import { useParam } from '../../app/view.ts';
import { PlainSelect } from '../../parts/plain-select.tsx';
import { Field } from '../../ui/index.ts';
import type { ReportPage } from './catalog.ts';
import styles from './reports.module.css';

export const GROUPINGS = ['user', 'user-computer', 'computer', 'site'] as const;
export type Grouping = (typeof GROUPINGS)[number];
const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  user: 'User',
  'user-computer': 'User and computer',
  computer: 'Computer',
  site: 'Site',
};
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const hourText = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
const choicesOf = (hours: readonly number[]) =>
  hours.map((hour) => ({ value: String(hour), label: hourText(hour) }));
const DAY_SETS = [
  { value: '1,2,3,4,5', label: 'Monday to Friday' },
  { value: '1,2,3,4,5,6', label: 'Monday to Saturday' },
  { value: '1,2,3,4,5,6,7', label: 'Every day' },
  { value: '7,1,2,3,4', label: 'Sunday to Thursday' },
] as const;

/** A whole number of the address within bounds, else what holds without it. */
function whole(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return text !== '' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

export interface ReportOptionsRead {
  readonly groupBy: Grouping;
  readonly dayStart: number;
  /** As the endpoints take them; nothing that the report does not read. */
  readonly query: Readonly<Record<string, string | number>>;
}

/** What the address says, as far as the report reads it. */
export function useReportOptions({ options }: ReportPage): ReportOptionsRead {
  const [group] = useParam('groupBy', 'user');
  const [dayStart] = useParam('dayStart', '0');
  const [from] = useParam('workFrom', '7');
  const [to] = useParam('workTo', '19');
  const [days] = useParam('workDays', '1,2,3,4,5');
  const [allow] = useParam('allow');
  const [minutes] = useParam('window');
  const [threshold] = useParam('threshold');
  const groupBy = GROUPINGS.find((one) => one === group) ?? 'user';
  const start = whole(dayStart, 0, 23) ?? 0;
  const windowMinutes = whole(minutes, 1, 500_000);
  const least = whole(threshold, 1, 1_000_000);
  const has = (option: (typeof options)[number]) => options.includes(option);
  return {
    groupBy,
    dayStart: start,
    query: {
      ...(has('groupBy') && { groupBy }),
      ...(has('dayStart') && { dayStart: start }),
      ...(has('working') && {
        workFrom: whole(from, 0, 23) ?? 7,
        workTo: whole(to, 0, 24) ?? 19,
        workDays: /^[1-7](,[1-7])*$/.test(days) ? days : '1,2,3,4,5',
      }),
      ...(has('allow') && allow.trim() !== '' && { allow: allow.trim() }),
      ...(has('window') && windowMinutes !== undefined && { windowSeconds: windowMinutes * 60 }),
      ...(has('threshold') && least !== undefined && { threshold: least }),
    },
  };
}

export function ReportOptions({ page }: { page: ReportPage }) {
  const has = (option: ReportPage['options'][number]) => page.options.includes(option);
  return (
    <div className={styles.options}>
      {has('groupBy') ? <GroupBy /> : null}
      {has('dayStart') ? (
        <HourSelect name="dayStart" label="Days begin at" initially="0" hours={HOURS} />
      ) : null}
      {has('working') ? <Working /> : null}
      {has('window') ? <TextOption name="window" label="Within minutes" placeholder="60" /> : null}
      {has('threshold') ? <TextOption name="threshold" label="At least" placeholder="2" /> : null}
      {has('allow') ? (
        <TextOption name="allow" label="Expected, left out" placeholder="svc_backup, 10.1.0.0/16" isWide />
      ) : null}
    </div>
  );
}

function GroupBy() {
  const [value, set] = useParam('groupBy', 'user');
  return (
    <PlainSelect
      label="One row per"
      value={GROUPINGS.find((one) => one === value) ?? 'user'}
      onChange={set}
      choices={GROUPINGS.map((one) => ({ value: one, label: GROUPING_WORDS[one] }))}
    />
  );
}

function HourSelect({
  name,
  label,
  initially,
  hours,
}: {
  name: string;
  label: string;
  initially: string;
  hours: readonly number[];
}) {
  const [value, set] = useParam(name, initially);
  return <PlainSelect label={label} value={value} onChange={set} choices={choicesOf(hours)} />;
}

function Working() {
  const [days, setDays] = useParam('workDays', '1,2,3,4,5');
  return (
    <>
      <HourSelect name="workFrom" label="Work from" initially="7" hours={HOURS} />
      <HourSelect name="workTo" label="to" initially="19" hours={[...HOURS, 24]} />
      <PlainSelect label="Working days" value={days} onChange={setDays} choices={[...DAY_SETS]} />
    </>
  );
}

function TextOption({
  name,
  label,
  placeholder,
  isWide = false,
}: {
  name: string;
  label: string;
  placeholder: string;
  isWide?: boolean;
}) {
  const [value, set] = useParam(name);
  return (
    <div className={isWide ? styles.wide : styles.narrow}>
      <Field label={label} value={value} onChange={set} placeholder={placeholder} maxLength={2_000} />
    </div>
  );
}
