/** One report: options, figures, charts, the table of the core's columns, and what its numbers mean. */
import { exportReport, listReports, runReport } from '@logonscope/protocol';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useParam, useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { usePreferences } from '../../data/preferences.ts';
import { ExportMenu } from '../../parts/export-menu.tsx';
import { FilterBar } from '../../parts/filter/filter-bar.tsx';
import { useCarried, usePagePath } from '../../parts/links.tsx';
import { PlainSelect } from '../../parts/plain-select.tsx';
import { SaveView } from '../../parts/save-view.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { VirtualTable } from '../../parts/table/virtual-table.tsx';
import { count } from '../../parts/words/lengths.ts';
import {
  Answer,
  Boundary,
  Button,
  Columns,
  EmptyState,
  PageHeader,
  Panel,
  Stack,
  Tile,
} from '../../ui/index.ts';
import { pageOf, type Report, type ReportRow } from './catalog.ts';
import { cellText, isFigure, shownColumns, sortedRows, tableColumns } from './cells.tsx';
import { DaysOfReport, HoursOfWeek, LogonHours, PeopleByDay, Rankings } from './charts.tsx';
import { ReportOptions, useReportOptions } from './options.tsx';
import { PrintedTable } from './printed-table.tsx';
import styles from './reports.module.css';

export default function ReportPage() {
  const { report: reportId = '' } = useParams({ strict: false }) as { report?: string };
  const view = useView();
  const [, setFilter] = useParam('q');
  const page = pageOf(reportId);
  const { query: options, dayStart } = useReportOptions(page);
  const query = { ...view.query, ...options };
  const asked = useAsk(
    runReport,
    { params: { ...view.params, report: reportId }, query },
    { forgetful: true },
  );
  const title = asked.data?.title ?? 'Report';
  return (
    <>
      <PageHeader title={title} about={`${view.range.label} · ${view.zone}`}>
        <ReportSwitch reportId={reportId} />
        <SaveView key={title} name={title} />
        <Button icon={<Printer size={16} aria-hidden />} onClick={() => print()}>
          Print
        </Button>
        <ExportMenu
          endpoint={exportReport}
          name={reportId}
          input={{ params: { ...view.params, report: reportId }, query }}
        />
      </PageHeader>
      <FilterBar text={view.filter} onChange={setFilter} subject="session" />
      <ReportOptions page={page} />
      <Answer of={asked} rows={14}>
        {(report) => <Shown key={report.id} report={report} query={query} dayStart={dayStart} />}
      </Answer>
    </>
  );
}

/** From one report to another with the same range, filter and zone. */
function ReportSwitch({ reportId }: { reportId: string }) {
  const navigate = useNavigate();
  const path = usePagePath();
  const carried = useCarried();
  const { filter } = useView();
  const rows = useAsk(listReports, {}, { freshMs: 3_600_000 }).data?.rows ?? [];
  const known = rows.find(({ id }) => id.toLowerCase() === reportId.toLowerCase());
  if (known === undefined) return null;
  return (
    <PlainSelect
      label="Report"
      hideLabel
      value={known.id}
      choices={rows.map(({ id, title }) => ({ value: id, label: title }))}
      onChange={(id) =>
        void navigate({
          to: path(`reports/${id}`),
          search: { ...carried, ...(filter === '' ? {} : { q: filter }) } as never,
        })
      }
    />
  );
}

function Shown({ report, query, dayStart }: { report: Report; query: object; dayStart: number }) {
  const page = pageOf(report.id);
  if (report.rows.length === 0) {
    return (
      <Stack>
        <Panel>
          <EmptyState title="Nothing to report">
            There is nothing of this kind in the range, or not under this filter.
          </EmptyState>
        </Panel>
        <Method text={report.method} />
      </Stack>
    );
  }
  return (
    <Stack>
      <Columns min="narrow">
        {page.figures(report.rows).map(({ name, value, note }) => (
          <Tile key={name} name={name} value={value} note={note} />
        ))}
      </Columns>
      <Boundary>
        {page.days ? (
          report.id === 'daily' ? (
            <PeopleByDay rows={report.rows} dayStart={dayStart} />
          ) : (
            <DaysOfReport query={query} dayStart={dayStart} />
          )
        ) : null}
        {page.hours ? <LogonHours rows={report.rows} /> : null}
        {page.days || page.hours ? <HoursOfWeek report={report} /> : null}
        <Rankings rankings={page.rankings} report={report} />
      </Boundary>
      <ReportTable report={report} />
      <Method text={report.method} />
    </Stack>
  );
}

function Method({ text }: { text: string }) {
  return (
    <Panel title="What the numbers mean">
      <p className={styles.method}>{text}</p>
    </Panel>
  );
}

function ReportTable({ report }: { report: Report }) {
  const clock = useClock();
  const compact = usePreferences(({ density }) => density === 'compact');
  const [sort, setSort] = useState<{ id: string; down: boolean } | null>(null);
  const rows = useMemo(
    () => (sort === null ? report.rows : sortedRows(report.rows, sort.id, sort.down)),
    [report.rows, sort],
  );
  /** Figures begin with the greatest, names with the first. */
  const onSort = (id: string) => {
    const beginsDown = isFigure(report.columns.find(({ key }) => key === id)?.unit);
    setSort({ id, down: sort?.id === id ? !sort.down : beginsDown });
  };
  const keyed = useMemo(() => new Map(report.rows.map((row, i) => [row, String(i)])), [report.rows]);
  return (
    <section className={styles.table} aria-label="All rows">
      <VirtualTable
        label={report.title}
        rows={rows}
        columns={tableColumns(report, clock)}
        rowKey={(row) => keyed.get(row) ?? ''}
        total={rows.length}
        {...(sort === null ? {} : { sort })}
        onSort={onSort}
        compact={compact}
        card={(row) => <RowCard report={report} row={row} />}
      />
      <p className={styles.foot}>{count(rows.length)} rows. Pointing at a figure shows it to the second.</p>
      <PrintedTable report={report} rows={rows} />
    </section>
  );
}

/** The first column, and the next figures in a line. */
function RowCard({ report, row }: { report: Report; row: ReportRow }) {
  const clock = useClock();
  const [first, ...rest] = shownColumns(report);
  const figures = rest
    .slice(0, 3)
    .map(({ key, title, unit }) => `${title} ${cellText(row[key], unit, clock) || '–'}`);
  return (
    <>
      <strong className={styles.cardName}>
        <bdi>{first === undefined ? '' : cellText(row[first.key], first.unit, clock)}</bdi>
      </strong>
      <span className={styles.cardFigures}>{figures.join(' · ')}</span>
    </>
  );
}
