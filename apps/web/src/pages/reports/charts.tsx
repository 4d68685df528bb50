/** The charts of reports: people by day, hours of the week, hours of logons, and the greatest. */
import { runReport } from '@logonscope/protocol';
import { useNavigate } from '@tanstack/react-router';
import { rangeText } from '../../app/range.ts';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { Bars } from '../../parts/charts/bars.tsx';
import { dateLabel } from '../../parts/charts/day-bars.tsx';
import { byHourOfWeek, localDays } from '../../parts/charts/days.ts';
import { HeatMap } from '../../parts/charts/heat-map.tsx';
import { useMinimap } from '../../parts/charts/use-minimap.ts';
import { condition, withChips } from '../../parts/filter/chips.ts';
import { useCarried, usePagePath } from '../../parts/links.tsx';
import { count, lengthText } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import { Answer, Columns, Panel } from '../../ui/index.ts';
import { type Ranking, type Report, type ReportRow, ranked } from './catalog.ts';

const PEOPLE_SHOWN = 25;
const DAYS_SHOWN = 62;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A full cell: a long working day. */
const FULL_DAY_MS = 10 * HOUR_MS;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hourHead = (hour: number) => String(hour).padStart(2, '0');

/** Use time by person and day, those with the most use first. A press leads to the sessions of that cell. */
export function PeopleByDay({ rows, dayStart }: { rows: readonly ReportRow[]; dayStart: number }) {
  const { zone, filter } = useView();
  const navigate = useNavigate();
  const path = usePagePath();
  const carried = useCarried();
  const dates = [...new Set(rows.map(({ date }) => String(date)))].sort().slice(-DAYS_SHOWN);
  const users = ranked(rows, { by: 'user', of: 'useUnionMs' }, PEOPLE_SHOWN);
  if (dates.length === 0 || users.length === 0) return null;
  const at = Date.parse(`${dates[0]}T12:00:00Z`);
  const end = Date.parse(`${dates.at(-1)}T12:00:00Z`) + DAY_MS;
  const days = localDays({ zone, fromMs: at, toMs: end, dayStart }).filter(
    ({ date }) => date <= dates.at(-1)!,
  );
  const cells = new Map(rows.map((row) => [`${row.user} ${row.date}`, row]));
  const goTo = (user: string, day: { fromMs: number; toMs: number }) =>
    void navigate({
      to: path('sessions'),
      search: {
        ...carried,
        range: rangeText(day.fromMs, day.toMs),
        q: withChips(filter, condition('user', user)),
      } as never,
    });
  return (
    <Panel title="Use time by person and day">
      <HeatMap
        label="Use time by person and day"
        max={FULL_DAY_MS}
        headEvery={days.length > 20 ? 7 : 1}
        columns={days.map((day) => ({
          id: day.date,
          head: days.length > 20 ? dateLabel(day.date) : day.date.slice(8),
          title: dateLabel(day.date),
          off: day.weekday > 5,
        }))}
        rows={users.map(({ name }) => ({
          id: name,
          head: <bdi title={name.slice(0, 1_000)}>{shownName(name)}</bdi>,
          cells: days.map(({ date }) => {
            const row = cells.get(`${name} ${date}`);
            if (row === undefined) return null;
            const value = Number(row.useUnionMs);
            return { value, text: lengthText(value), isUnsure: Number(row.withoutLockData) > 0 };
          }),
        }))}
        onCell={(row, column) => goTo(users[row]!.name, days[column]!)}
      />
      <p className="muted">
        The height of a cell is the use time of the day, each moment once; full is 10 hours. Hatched: some of
        it without lock data. A press leads to the sessions.
      </p>
    </Panel>
  );
}

/** The daily report under the same question, for reports that have no days of their own. */
export function DaysOfReport({ query, dayStart }: { query: object; dayStart: number }) {
  const { params } = useView();
  const asked = useAsk(runReport, {
    params: { ...params, report: 'daily' },
    query: { ...query, dayStart },
  });
  return <Answer of={asked}>{({ rows }) => <PeopleByDay rows={rows} dayStart={dayStart} />}</Answer>;
}

/** Use time by hour and weekday, added up over the range. */
export function HoursOfWeek({ report }: { report: Pick<Report, 'from' | 'to'> }) {
  const { zone, filter } = useView();
  const [fromMs, toMs] = [Date.parse(report.from), Date.parse(report.to)];
  // Hours of the clock begin on whole hours of every zone but a few, where half an hour moves to its neighbour.
  const start = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  const bins = Math.min(4_000, Math.max(1, Math.ceil((toMs - start) / HOUR_MS)));
  const first = Math.max(start, start + (Math.ceil((toMs - start) / HOUR_MS) - bins) * HOUR_MS);
  const asked = useMinimap({ filter, fromMs: first, toMs: first + bins * HOUR_MS, bins });
  return (
    <Panel title="Use time by hour and weekday">
      <Answer of={asked} rows={7}>
        {(minimap) => {
          const values = Array.from(minimap.inUse, (thousandths, i) => ({
            atMs: minimap.fromMs + i * minimap.binMs,
            value: (thousandths / 1_000) * minimap.binMs,
          }));
          const cells = byHourOfWeek(zone, values);
          return (
            <HeatMap
              label="Use time by hour and weekday"
              columns={Array.from({ length: 24 }, (_, hour) => ({
                id: String(hour),
                head: hourHead(hour),
                title: `${hourHead(hour)}:00 to ${hourHead(hour + 1)}:00`,
                off: hour < 7 || hour >= 19,
              }))}
              rows={WEEKDAYS.map((weekday, i) => ({
                id: weekday,
                head: weekday,
                cells: cells[i]!.map((value) => ({ value, text: lengthText(value) })),
              }))}
            />
          );
        }}
      </Answer>
    </Panel>
  );
}

/** Logons by user and hour of the day. */
export function LogonHours({ rows }: { rows: readonly ReportRow[] }) {
  const totals = rows.filter(({ date }) => date === null);
  const users = ranked(totals, { by: 'user', of: 'logons' }, PEOPLE_SHOWN);
  const byUser = new Map(totals.map((row) => [String(row.user), row]));
  if (users.length === 0) return null;
  return (
    <Panel title="Logons by user and hour">
      <HeatMap
        label="Logons by user and hour of the day"
        columns={Array.from({ length: 24 }, (_, hour) => ({
          id: String(hour),
          head: hourHead(hour),
          title: `${hourHead(hour)}:00`,
          off: hour < 7 || hour >= 19,
        }))}
        rows={users.map(({ name }) => ({
          id: name,
          head: <bdi title={name.slice(0, 1_000)}>{shownName(name)}</bdi>,
          cells: Array.from({ length: 24 }, (_, hour) => {
            const value = Number(byUser.get(name)![`h${hourHead(hour)}`] ?? 0);
            return { value, text: `${count(value)} logons` };
          }),
        }))}
      />
    </Panel>
  );
}

/** The greatest of each ranking, side by side. */
export function Rankings({ rankings, report }: { rankings: readonly Ranking[]; report: Report }) {
  const drawn = rankings.flatMap((ranking) => {
    // Analytics differ in what they are about: their first column names it.
    const isKnown = report.columns.some(({ key }) => key === ranking.by);
    const by = isKnown ? ranking.by : (report.columns[0]?.key ?? '');
    const rows = ranked(report.rows, { ...ranking, by });
    return rows.length === 0 ? [] : [{ ranking, rows }];
  });
  if (drawn.length === 0) return null;
  return (
    <Columns min="wide">
      {drawn.map(({ ranking: { title, unit, tone }, rows }) => (
        <Panel key={title} title={title}>
          <Bars
            label={title}
            {...(tone === undefined ? {} : { tone })}
            rows={rows.map(({ name, value }) => ({
              id: name,
              name: <bdi title={name.slice(0, 1_000)}>{shownName(name)}</bdi>,
              value,
              text: unit === 'duration' ? lengthText(value) : count(value),
            }))}
          />
        </Panel>
      ))}
    </Columns>
  );
}
