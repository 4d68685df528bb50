/** Options made ready to use: times as instants in the zone chosen, defaults filled in. */
import type { SessionizeOptions } from '@logonscope/core';
import type { OptionValues } from './options.ts';
import type { Selection } from './select.ts';
import type { Terminal } from './terminal.ts';
import { resolveWhen, type When } from './when.ts';

export interface Settings {
  /** The zone a person named, or null: then the machine's is assumed, with a warning where it matters. */
  readonly namedTimezone: string | null;
  readonly timezone: string;
  readonly dayStartHour: number;
  readonly selection: Selection;
  readonly sessionize: SessionizeOptions;
  readonly at: number | null;
}

export function settle(options: OptionValues, terminal: Pick<Terminal, 'machineTimezone'>): Settings {
  const timezone = options.timezone ?? terminal.machineTimezone;
  const dayStartHour = options.dayStart ?? 0;
  const instant = (given: When | undefined, edge: 'begin' | 'end') =>
    given === undefined ? null : resolveWhen(given, { timezone, dayStartHour, edge });
  const include = options.include ?? [];
  const asOf = instant(options.asOf, 'end');
  return {
    namedTimezone: options.timezone ?? null,
    timezone,
    dayStartHour,
    selection: {
      users: options.user ?? [],
      computers: options.computer ?? [],
      from: instant(options.from, 'begin'),
      to: instant(options.to, 'end'),
      include,
      limit: options.limit ?? null,
    },
    sessionize: {
      ...(options.screensaverDelay !== undefined && { screensaverDelayMs: options.screensaverDelay }),
      ...(options.crashEnd !== undefined && { crashEnd: options.crashEnd }),
      ...(asOf !== null && { asOf }),
      everyLogon: include.length > 0,
    },
    at: instant(options.at, 'begin'),
  };
}
