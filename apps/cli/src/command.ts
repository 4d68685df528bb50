/** What a command is: its words for people and one function. */
import type { ExitStatus } from './exit-status.ts';
import { OPTIONS, type OptionDefinition, type OptionName, type OptionValues } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface Operand {
  readonly name: string;
  readonly doc: string;
  /** The last operand may take all that is left. */
  readonly variadic?: true;
  readonly optional?: true;
  /** Fixed words, for completion; read when needed. */
  readonly choices?: () => readonly string[];
}

export interface Example {
  readonly line: string;
  readonly shows: string;
}

export interface Invocation {
  /** Operands before the variadic one, by name. */
  readonly operands: Readonly<Record<string, string>>;
  /** Files, folders, globs and `-`, as given. */
  readonly inputs: readonly string[];
  readonly options: OptionValues;
  /** Flags of `ownFlags` with their values, as typed. */
  readonly ownFlags: readonly string[];
  readonly terminal: Terminal;
  /** All there is, for commands that tell of commands. */
  readonly program: Program;
}

export interface Program {
  readonly commands: readonly Command[];
  readonly version: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for `--help` and the man page. */
  readonly description: readonly string[];
  readonly operands: readonly Operand[];
  readonly options: readonly OptionName[];
  /** Flags that no other command shares and that the command reads itself. */
  readonly ownFlags?: readonly OptionDefinition<unknown>[];
  /** Options without which the command makes no sense. */
  readonly required?: readonly OptionName[];
  readonly examples: readonly Example[];
  run(invocation: Invocation): Promise<ExitStatus>;
}

/** The operand of all commands that read logs. */
export const INPUTS: Operand = {
  name: 'inputs',
  doc: 'files, folders (with all below), globs, or - for standard input',
  variadic: true,
};

/** All options of a command, in the order in which they are shown. */
export function optionsOf({ options, ownFlags = [] }: Command): readonly OptionDefinition<unknown>[] {
  return [...options.map((name): OptionDefinition<unknown> => OPTIONS[name]), ...ownFlags];
}
