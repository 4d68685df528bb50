/** How fast each output format is written, per CPU second, and what streaming JSON costs over serialising alone. */
import {
  findWriter,
  type ObjectColumns,
  type Table,
  tableFromObjects,
  WRITERS,
  writeJsonValues,
} from '@logonscope/writers';
import { tell } from './lib/figures.ts';
import { median } from './lib/rounds.ts';

const ROUNDS = 5;
/** PDF is laid out in memory and limited to this order; the others stream. */
const PDF_ROWS = 2_000;
const rows = process.argv.includes('--quick') ? 10_000 : 200_000;
const START = Date.UTC(2026, 0, 5, 8);

interface Visit {
  readonly number: number;
}

/** Ten columns of every unit, as many as a terminal shows of a session. */
const COLUMNS: ObjectColumns<Visit> = {
  computer: { title: 'Computer', value: ({ number }) => `PC-${number % 4000}` },
  user: { title: 'User', value: ({ number }) => `user${number % 5000}` },
  kind: { title: 'Kind', value: ({ number }) => (number % 3 === 0 ? 'remote' : 'console') },
  start: { title: 'Start', unit: 'instant', value: ({ number }) => START + number * 1000 },
  end: { title: 'End', unit: 'instant', value: ({ number }) => START + number * 1000 + 28_800_000 },
  use: { title: 'Use time', unit: 'duration', value: ({ number }) => 25_200_000 + number },
  away: { title: 'Away', unit: 'duration', value: ({ number }) => 3_600_000 - number },
  elevated: { title: 'Elevated', unit: 'flag', value: ({ number }) => number % 7 === 0 },
  events: { title: 'Events', unit: 'count', value: ({ number }) => number % 40 },
  address: { title: 'Source address', value: ({ number }) => `10.1.${(number >> 8) & 255}.${number & 255}` },
};

function table(count: number): Table {
  function* visits(): Iterable<Visit> {
    for (let number = 0; number < count; number++) yield { number };
  }
  return tableFromObjects({
    title: 'Visits',
    timezone: 'Europe/Berlin',
    columns: COLUMNS,
    objects: visits(),
  });
}

async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function medianCpuSeconds(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) costs.push(await cpuSeconds(work));
  return median(costs);
}

for (const { id } of WRITERS) {
  const count = id === 'pdf' ? PDF_ROWS : rows;
  const seconds = await medianCpuSeconds(() => findWriter(id)!.write(table(count), () => {}));
  const value = count / seconds / 1000;
  tell({ part: 'writers', what: `${id}: ${count} rows of 10 columns`, value, unit: 'k rows / CPU s' });
}

/** About the shape and size of a session in JSON. */
const sessions = Array.from({ length: rows }, (_, number) => ({
  id: number.toString(16).padStart(16, '0'),
  computer: `PC-${number % 4000}`,
  user: `user${number % 5000}`,
  logonIds: ['0x29fa9', '0x29f89'],
  start: new Date(START + number * 1000).toISOString(),
  end: new Date(START + number * 1000 + 28_800_000).toISOString(),
  awaySeconds: { total: 3600, locked: 3600, disconnected: 0, screensaver: 2400, asleep: 0, loggingOff: 0 },
  away: [{ reason: 'locked', from: number, to: number + 1, evidence: ['Security:1201', 'Security:1299'] }],
  findings: ['token-leak'],
}));
const alone = await medianCpuSeconds(() => {
  let length = 0;
  for (const session of sessions) length += JSON.stringify(session).length;
  return length;
});
const streamed = await medianCpuSeconds(() => writeJsonValues(sessions, () => {}, { ndjson: true }));
tell({
  part: 'writers',
  what: 'NDJSON stream against JSON.stringify',
  value: streamed / alone,
  unit: '×',
  most: 2,
});
