/** The agent's `event_log.csv`: one computer, four words, times with an offset, and whether each row was sent. */
import { agentRecord, agentTime } from '../agent-events.ts';
import { type CsvContext, type CsvRowTaker, csvReader } from '../csv-reader.ts';
import { interner } from '../intern.ts';

/** `send_status` of a row that reached the server at a second attempt. */
const SENT_ON_RETRY = '2';

function openAgent(context: CsvContext): CsvRowTaker {
  const { file, sink } = context;
  const intern = interner();
  const [word, user, computer, time, address, status] = [
    'eventtype',
    'username',
    'hostname',
    'timestamp',
    'ipaddress',
    'send_status',
  ].map((name) => context.column(name)) as [number, number, number, number, number, number];

  function row(cells: readonly string[], line: number): void {
    const written = cells[time] ?? '';
    const at = agentTime(written);
    if (at === null) {
      context.reject(
        line,
        time,
        'csv/bad-time',
        `"${written.slice(0, 100)}" is not a time like 2025-04-27T07:06:14Z.`,
      );
      return;
    }
    if (cells[computer] === '') {
      context.reject(line, computer, 'csv/empty-cell', 'The row names no computer.');
      return;
    }
    // The address is the computer's own, so it never becomes a source address.
    const own = cells[address] ? `own address ${cells[address]}` : null;
    const event = {
      word: intern(cells[word]!),
      user: intern(cells[user]!),
      computer: intern(cells[computer]!),
      time: at,
      retry: cells[status] === undefined ? null : Number(cells[status] === SENT_ON_RETRY),
      note: own === null ? null : intern(own),
    };
    sink.record(agentRecord(event, { file, line }));
  }

  return { row, end() {} };
}

export const agentCsv = csvReader({
  id: 'agent-csv',
  label: "winagentUSM's event_log.csv",
  timesHaveZone: true,
  required: ['eventtype', 'username', 'hostname', 'timestamp'],
  open: openAgent,
});
