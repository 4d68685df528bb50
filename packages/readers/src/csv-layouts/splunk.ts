/** The CSV of the originals' Splunk search: ten columns, epoch seconds or ISO times, several computers. */
import { type CsvContext, type CsvRowTaker, csvReader } from '../csv-reader.ts';
import { SPLUNK_FIELDS, splunkRows } from '../splunk-rows.ts';

function openSplunk(context: CsvContext): CsvRowTaker {
  const rows = splunkRows(context.file, context.sink, context.options);
  const columns = SPLUNK_FIELDS.map((name) => context.column(name));
  if (columns[0] === -1) columns[0] = context.column('_time');
  return {
    row(cells, line, chars) {
      rows.row(
        columns.map((column) => cells[column] ?? ''),
        line,
        chars,
      );
    },
    end: rows.end,
  };
}

export const splunkCsv = csvReader({
  id: 'splunk-csv',
  label: 'Splunk search result (.csv)',
  timesHaveZone: true,
  required: ['type', 'username', 'logon_id', 'workstation', 'event_id'],
  open: openSplunk,
});
