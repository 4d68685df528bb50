/** A setting that cannot be used: where it stands and what was expected there. */

export interface WrongSetting {
  /** `null` where it belongs to no setting, as an unknown flag. */
  readonly setting: string | null;
  /** `config.ini line 12, [server] PORT`, `environment, PORT`, `--port`. */
  readonly place: string;
  /** As given; hidden where it may be a secret, `null` where nothing was given. */
  readonly given: string | null;
  readonly expected: string;
}

/** One line per wrong setting, for the terminal. */
export function describeWrong({ place, given, expected }: WrongSetting): string {
  return given === null ? `${place}: expected ${expected}` : `${place}: expected ${expected}, not "${given}"`;
}
