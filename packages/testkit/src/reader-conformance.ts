/** What every reader must hold to, whatever its format: laws over a sample that can be made with any names in it. */
import type { Problem, RawRecord } from '@logonscope/core';
import { type ByteSource, detect, HEAD_BYTES, type Reader } from '@logonscope/readers';

/** A format's way to write a log, so that the laws can choose what stands in it. */
export interface ReaderSample {
  readonly reader: Reader;
  /** A whole file with one record for each user. */
  file(users: readonly string[]): Uint8Array;
  /** The same file with the record at `index` damaged. */
  damaged(users: readonly string[], index: number): Uint8Array;
  /** The user that a record names. */
  user(record: RawRecord): string | null;
}

export interface ReaderLaw {
  readonly title: string;
  /** Throws an Error that says what was found instead. */
  check(sample: ReaderSample): Promise<void>;
}

/** Names that break careless programs; each must come through letter by letter. */
export const HOSTILE_NAMES: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  "=cmd|'/C calc'!A0",
  'a"b""c;d,e',
  '</Event><Event>',
  '{"EventID":1}',
  "o'neill \\ & co &amp; ]]>",
  'tab\there',
  'line\r\nbreak\nand more',
  'nul\u0000bell\u0007escape\u001b[31m',
  '\u202eright-to-left 李 zoë 🙂',
  '%00%n../../etc/passwd; DROP TABLE users;--',
  'constructor',
  '__proto__',
  'N/A',
  'x'.repeat(65_536),
];

const ORDINARY = Array.from({ length: 12 }, (_, i) => `user${i}`);
const CHUNKS = [1, 7, 65_536];
/** Prime, so that cuts fall on every kind of place; bounded, so that a suite takes a second. */
const CUTS_MAX = 400;

interface Read {
  readonly users: (string | null)[];
  /** Everything said, as text to compare. */
  readonly story: string[];
  readonly problems: Problem[];
}

function sourceOf(bytes: Uint8Array, chunkBytes: number): ByteSource {
  let at = 0;
  return {
    name: 'sample',
    sizeBytes: bytes.length,
    read(into) {
      const part = bytes.subarray(at, at + Math.min(into.length, chunkBytes));
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
}

function storyOf(record: RawRecord, user: string | null): string {
  const { source, time } = record;
  const rest =
    record.kind === 'attributed'
      ? [record.word, record.computer, record.identity, JSON.stringify(record.attributes)]
      : [record.provider, record.channel, record.eventId, record.recordId, record.computer];
  return JSON.stringify([time, user, source, ...rest]);
}

async function read(sample: ReaderSample, bytes: Uint8Array, chunkBytes = 65_536): Promise<Read> {
  const users: (string | null)[] = [];
  const story: string[] = [];
  const problems: Problem[] = [];
  await sample.reader.read(
    sourceOf(bytes, chunkBytes),
    {
      record(record) {
        const user = sample.user(record);
        users.push(user);
        story.push(storyOf(record, user));
      },
      problem(problem) {
        problems.push(problem);
        story.push(JSON.stringify(problem));
      },
      life: (span) => void story.push(JSON.stringify(span)),
    },
    { timezone: 'Europe/Berlin', assumedTimezone: 'UTC', everyRecord: true },
  );
  return { users, story, problems };
}

function mustEqual(found: unknown, expected: unknown, what: string): void {
  const [foundText, expectedText] = [JSON.stringify(found), JSON.stringify(expected)];
  if (foundText !== expectedText) {
    throw new Error(`${what}: expected ${expectedText?.slice(0, 2000)}, found ${foundText?.slice(0, 2000)}`);
  }
}

function mustBePlaced(problems: readonly Problem[]): void {
  for (const problem of problems) {
    const { file, line, record, offset } = problem.at;
    const placed = file === 'sample' && (line ?? record ?? offset) !== undefined;
    if (!placed || problem.field === null)
      throw new Error(`a problem without a place or field: ${JSON.stringify(problem)}`);
    if (problem.message.length > 1_000) throw new Error(`a problem with an endless message: ${problem.code}`);
  }
}

export const READER_LAWS: readonly ReaderLaw[] = [
  {
    title: 'is found by content, whatever the file is called',
    async check(sample) {
      const head = sample.file(ORDINARY).subarray(0, HEAD_BYTES);
      for (const name of ['', 'x', 'x.evtx', 'x.xml', 'x.csv', 'x.json', 'Security.zip']) {
        mustEqual(detect(head, name)[0]?.reader.id, sample.reader.id, `the reader found for "${name}"`);
      }
    },
  },
  {
    title: 'reads every record without a problem',
    async check(sample) {
      const { users, problems } = await read(sample, sample.file(ORDINARY));
      mustEqual(problems, [], 'problems');
      mustEqual(users, ORDINARY, 'users');
    },
  },
  {
    title: 'the size of reads changes nothing',
    async check(sample) {
      const bytes = sample.damaged([...ORDINARY, ...HOSTILE_NAMES], 5);
      const { story } = await read(sample, bytes);
      for (const chunkBytes of CHUNKS) {
        mustEqual((await read(sample, bytes, chunkBytes)).story, story, `reads of ${chunkBytes} bytes`);
      }
    },
  },
  {
    title: 'a file cut off anywhere loses its end only',
    async check(sample) {
      const bytes = sample.file(ORDINARY);
      const step = Math.max(1, Math.floor(bytes.length / CUTS_MAX));
      for (let length = 0; length < bytes.length; length += step) {
        const { users, problems } = await read(sample, bytes.subarray(0, length));
        // The last record may be whole and yet cut short in its last value.
        mustEqual(users.slice(0, -1), ORDINARY.slice(0, Math.max(0, users.length - 1)), `cut at ${length}`);
        for (const { at } of problems) mustEqual(at.file, 'sample', 'the file of a problem');
      }
    },
  },
  {
    title: 'one bad record costs one record and is reported with its place and field',
    async check(sample) {
      for (const index of [0, 5, ORDINARY.length - 1]) {
        const { users, problems } = await read(sample, sample.damaged(ORDINARY, index));
        mustEqual(users, ORDINARY.toSpliced(index, 1), `users with record ${index} damaged`);
        mustEqual(problems.length, 1, 'the number of problems');
        mustBePlaced(problems);
      }
    },
  },
  {
    title: 'hostile names come through unchanged',
    async check(sample) {
      const { users, problems } = await read(sample, sample.file(HOSTILE_NAMES));
      mustEqual(users, HOSTILE_NAMES, 'users');
      mustEqual(problems, [], 'problems');
    },
  },
];
