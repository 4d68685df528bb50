/** CAR-2015-07-001, All Logins Since Last Boot: whose credentials a computer may still hold at a moment. */
import type { Instant, SessionEvent } from '../model.ts';
import { compareText, groupBy } from '../queries/grouping.ts';
import { defineReport } from '../reports/report.ts';
import { personLogons, spanOf, typesOf } from './logons.ts';

/** Several records tell of one boot; spec section 4. */
const ONE_BOOT_MS = 5 * 60_000;

export const logonsSinceBoot = defineReport({
  id: 'CAR-2015-07-001',
  title: 'All logons since the last boot',
  method:
    'Everybody who logged on to a computer between its last boot before the moment asked for (default: the end of the ' +
    'range) and that moment, with the first and last of these logons. Whoever is listed may have left credentials in ' +
    'memory; the log does not prove that they were still there. Without a boot in the log, everything before counts.',
  needsEveryEvent: true,
  columns: {
    computer: { title: 'Computer' },
    boot: { title: 'Last boot', unit: 'instant' },
    user: { title: 'User' },
    first: { title: 'First logon', unit: 'instant' },
    last: { title: 'Last logon', unit: 'instant' },
    logons: { title: 'Logons', unit: 'count' },
    logonTypes: { title: 'Logon types' },
  },
  rows(input) {
    const { at = input.to, computer: asked } = input.options;
    const name = asked?.trim().split('.', 1)[0]?.toUpperCase();
    // The boot may well lie before the range: it is looked for in all events at hand.
    const events = input.events.filter(
      ({ computer, time }) => time <= at && (name === undefined || computer.toUpperCase() === name),
    );
    const boots = groupBy(events.filter(isBootSign), ({ computer }) => computer);
    const whole = {
      events,
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
      options: input.options,
    };
    const { logons, book } = personLogons(whole);
    const rows = [...groupBy(logons, ({ computer }) => computer)].flatMap(([computer, own]) => {
      const boot = lastBoot(boots.get(computer) ?? []);
      const since = own.filter(({ time }) => boot === null || time >= boot);
      return [...groupBy(since, book.keyOf)].map(([key, ofUser]) => ({
        computer,
        boot,
        user: book.nameOf(key),
        ...spanOf(ofUser),
        logons: ofUser.length,
        logonTypes: typesOf(ofUser),
      }));
    });
    return rows.sort(
      (a, b) => compareText(a.computer, b.computer) || a.first - b.first || compareText(a.user, b.user),
    );
  },
});

/** Signs of a crash are written by the boot after it. */
function isBootSign({ signal }: SessionEvent): boolean {
  return signal === 'boot' || signal === 'crash' || signal === 'shutdown';
}

/** The earliest record of the last boot: those within five minutes of the next, without a shutdown between. */
function lastBoot(signs: readonly SessionEvent[]): Instant | null {
  // In one instant the shutdown came before the boot.
  const newestFirst = [...signs].sort((a, b) => b.time - a.time || compareText(a.signal, b.signal));
  let boot: Instant | null = null;
  for (const { signal, time } of newestFirst) {
    if (boot === null) {
      if (signal !== 'shutdown') boot = time;
    } else if (signal === 'shutdown' || boot - time > ONE_BOOT_MS) {
      return boot;
    } else {
      boot = time;
    }
  }
  return boot;
}
