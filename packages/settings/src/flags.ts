/** Command lines: `--port 8000`, `--port=8000`, `--debug` and `--no-debug`. */
import type { SettingTable } from './setting.ts';
import type { WrongSetting } from './wrong.ts';

export interface Flags {
  /** Flag with its dashes → text; the last one given counts. */
  readonly values: ReadonlyMap<string, string>;
  readonly wrong: readonly WrongSetting[];
}

/** Takes a command line apart; words that are no flag of the table are wrong. */
export function parseFlags(settings: SettingTable, argv: readonly string[]): Flags {
  const known = new Map(
    Object.entries(settings).flatMap(([name, each]) => (each.flag ? [[each.flag, { name, each }]] : [])),
  );
  const values = new Map<string, string>();
  const wrong: WrongSetting[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    const equals = word.indexOf('=');
    const flag = word.startsWith('--') && equals > 0 ? word.slice(0, equals) : word;
    const found = known.get(flag);
    const denied = flag.startsWith('--no-') ? known.get(`--${flag.slice(5)}`) : undefined;
    if (found === undefined) {
      if (denied?.each.type.kind === 'boolean' && equals < 0) values.set(denied.each.flag!, 'false');
      else wrong.push({ setting: null, place: 'command line', given: flag, expected: 'one of its flags' });
      continue;
    }
    const next = argv[index + 1];
    if (equals > 0 && flag !== word) values.set(flag, word.slice(equals + 1));
    else if (
      found.each.type.kind === 'boolean' &&
      (next === undefined || 'expected' in found.each.type.parse(next))
    )
      values.set(flag, 'true');
    else if (next === undefined) {
      wrong.push({ setting: found.name, place: flag, given: null, expected: found.each.type.expects });
    } else {
      values.set(flag, next);
      index += 1;
    }
  }
  return { values, wrong };
}
