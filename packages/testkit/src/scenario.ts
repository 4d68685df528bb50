/** Scenario files read like a log: events above the line, the story of the sessions below it. */
import {
  type EventDetail,
  type LifeSpan,
  type LogonSession,
  type SessionEvent,
  type SessionizeOptions,
  SIGNALS,
  type Signal,
  sessionize,
} from '@logonscope/core';

export interface Scenario {
  readonly title: string;
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
  readonly options: SessionizeOptions;
  /** The lines below the rule. */
  readonly expected: string;
}

const RULE = /^-{5,}$/m;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2025, 2, 3);

/**
 * Parses a scenario. Lines: `# comment`, `option delay 600`, or `TIME SIGNAL key=value …` with TIME as `09:00:00`
 * (first day), `2/06:00:00` (second day) or a full ISO instant. Values with blanks are quoted.
 */
export function parseScenario(text: string, name = 'scenario'): Scenario {
  const [upper = '', expected = ''] = text.split(RULE);
  const lines = upper.split('\n').map((line) => line.trim());
  const title =
    lines
      .find((line) => line.startsWith('#'))
      ?.slice(1)
      .trim() ?? name;
  const options: Record<string, unknown> = {};
  const events: SessionEvent[] = [];
  const life: LifeSpan[] = [];
  lines.forEach((line, i) => {
    if (line === '' || line.startsWith('#')) return;
    const words = line.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
    if (words[0] === 'option') readOption(options, words[1] ?? '', words[2] ?? '');
    else if (words[1] === 'alive') life.push(aliveLine(words));
    else events.push(eventOf(words, name, i + 1));
  });
  return { title, events, life, options, expected: expected.trim() };
}

function readOption(options: Record<string, unknown>, key: string, value: string): void {
  if (key === 'delay') options.screensaverDelayMs = Number(value) * 1000;
  else if (key === 'crash-end') options.crashEnd = value;
  else if (key === 'as-of') options.asOf = instantOf(value);
  else if (key === 'every-logon') options.everyLogon = true;
  else throw new Error(`unknown option in scenario: ${key}`);
}

/** `09:00:00 alive to=10:00:00 rec=5 last=9 ch=Security`: records that hold no session evidence. */
function aliveLine(words: readonly string[]): LifeSpan {
  const value = valuesOf(words);
  const from = instantOf(words[0]!);
  return {
    computer: value('pc') ?? 'PC1',
    channel: value('ch') ?? 'Security',
    from,
    to: instantOf(value('to') ?? words[0]!),
    firstRecordId: Number(value('rec') ?? 1),
    lastRecordId: Number(value('last') ?? value('rec') ?? 1),
  };
}

function valuesOf(words: readonly string[]): (key: string) => string | null {
  const pairs = new Map(
    words.slice(2).map((word) => {
      const at = word.indexOf('=');
      return [word.slice(0, at), word.slice(at + 1).replace(/^"|"$/g, '')] as const;
    }),
  );
  return (key) => pairs.get(key) ?? null;
}

function eventOf(words: readonly string[], file: string, line: number): SessionEvent {
  const [time = '', signal = ''] = words;
  if (!SIGNALS.includes(signal as Signal))
    throw new Error(`${file}, line ${line}: no such signal: ${signal}`);
  const value = valuesOf(words);
  const number = (key: string) => (value(key) === null ? null : Number(value(key)));
  const recordId = number('rec');
  const user = value('user');
  return {
    time: instantOf(time),
    signal: signal as Signal,
    computer: value('pc') ?? 'PC1',
    computerFqdn: null,
    channel: value('ch') ?? (recordId === null ? null : 'Security'),
    provider: value('provider'),
    eventId: null,
    recordId,
    user,
    domain: value('domain'),
    sid:
      value('sid') ??
      (user === null || value('nosid') !== null
        ? null
        : `S-1-5-21-1-2-3-${1000 + user.length * 7 + user.charCodeAt(0)}`),
    logonId: value('id'),
    linkedLogonId: value('link'),
    logonType: number('type') ?? (signal === 'logon' && value('id') !== null ? 2 : null),
    terminalSessionId: number('ts'),
    sessionName: value('name'),
    sourceAddress: value('from'),
    sourcePort: null,
    destinationAddress: null,
    destinationPort: null,
    clientName: value('client'),
    workstation: null,
    elevated: value('elevated') === null ? null : value('elevated') === 'true',
    status: null,
    subStatus: null,
    failureReason: null,
    logonProcess: value('process'),
    authPackage: null,
    detail: detailOf(value),
    source: { file, line },
    identity: recordId === null ? `${line}:${words.join(' ')}` : null,
  };
}

function detailOf(value: (key: string) => string | null): EventDetail | null {
  const detail: EventDetail = {};
  const witness = value('by') as EventDetail['witness'] | null;
  if (witness != null) detail.witness = witness;
  const kind = value('kind') as EventDetail['shutdownKind'] | null;
  if (kind != null) detail.shutdownKind = kind;
  for (const [key, field] of [
    ['prev', 'previousTime'],
    ['new', 'newTime'],
    ['slept', 'sleepTime'],
    ['woke', 'wakeTime'],
    ['died', 'deathTime'],
  ] as const) {
    const text = value(key);
    if (text !== null) detail[field] = instantOf(text);
  }
  const uptime = value('up');
  if (uptime !== null) detail.uptimeSeconds = Number(uptime);
  for (const [key, field] of [
    ['program', 'processName'],
    ['reason', 'reason'],
    ['subject', 'subjectLogonId'],
  ] as const) {
    const text = value(key);
    if (text !== null) detail[field] = text;
  }
  return Object.keys(detail).length === 0 ? null : detail;
}

/** `09:00:00`, `2/06:00:00` or ISO 8601. */
export function instantOf(text: string): number {
  const clock = /^(?:(\d+)\/)?(\d\d):(\d\d)(?::(\d\d)(\.\d{1,3})?)?$/.exec(text);
  if (clock === null) return Date.parse(text);
  const [, day = '1', h, m, s = '0', fraction = '0'] = clock;
  return (
    FIRST_DAY +
    (Number(day) - 1) * DAY_MS +
    (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000 +
    Math.round(Number(fraction) * 1000)
  );
}

/** Runs a scenario and tells its sessions, one line each, as the lower half of the file does. */
export function tell(scenario: Scenario, events: readonly SessionEvent[] = scenario.events): string {
  const { sessions, findings } = sessionize(events, scenario.life, scenario.options);
  const others = findings.filter(({ sessionId, code }) => sessionId === null && code !== 'log-gap');
  return [...sessions.map(line), ...others.map(({ code, computer }) => `finding ${code} ${computer}`)].join(
    '\n',
  );
}

function line(session: LogonSession): string {
  const seconds = (ms: number) => String(ms / 1000);
  const away = Object.entries(session.awayMs)
    .filter(([reason, ms]) => reason !== 'total' && ms > 0)
    .map(([reason, ms]) => `${reason} ${seconds(ms)}`);
  const parts = [
    `${session.user} ${session.computer} ${session.kind} ${clock(session.start)} → ${session.end === null ? 'open' : clock(session.end)}`,
    `by ${session.startBy}/${session.endBy}`,
    `use ${seconds(session.useMs)} (${seconds(session.useMinMs)}..${seconds(session.useMaxMs)}) of ${seconds(session.durationMs)}`,
    ...away,
    `ids ${[...session.logonIds].sort().join(' ') || '-'}`,
    ...(session.elevated ? ['elevated'] : []),
    ...session.findings.filter((code) => code !== 'no-lock-data'),
  ];
  return parts.join(', ');
}

function clock(at: number): string {
  const day = Math.floor((at - FIRST_DAY) / DAY_MS) + 1;
  const text = new Date(at).toISOString();
  if (day < 1 || day > 9) return text;
  const time = text.slice(11, 23).replace(/\.000$/, '');
  return day === 1 ? time : `${day}/${time}`;
}
