/** From the command line as typed to a checked invocation; everything wrong with it is said at once. */
import { CommanderError, Option, Command as Parser } from 'commander';
import { type Command, type Operand, optionsOf, type Program } from './command.ts';
import { CannotRun, type ExitStatus } from './exit-status.ts';
import { longFlag, OPTIONS, type OptionDefinition, type OptionValues } from './options.ts';
import { nearest } from './spelling.ts';
import type { Terminal } from './terminal.ts';

/** What the parser hands over: texts per option (`true` for switches), and words that are no known option. */
interface Typed {
  readonly command: Command;
  readonly options: Readonly<Record<string, readonly string[] | true>>;
  readonly words: readonly string[];
}

/**
 * Runs one command line (without `node` and the script). Throws `CannotRun` with every reason when the line is
 * wrong; help and version are answered on the terminal.
 */
export async function runProgram(
  program: Program,
  line: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  const dashes = line.indexOf('--');
  const before = dashes < 0 ? line : line.slice(0, dashes);
  const literal = dashes < 0 ? [] : line.slice(dashes + 1);
  let typed: Typed | null = null;
  const parser = buildParser(program, terminal, (found) => {
    typed = found;
  });
  if (before.length === 0) {
    terminal.writeError(parser.helpInformation());
    return 2;
  }
  try {
    parser.parse([...before], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new CannotRun([error.message.replace(/^error: /, '')]);
  }
  if (typed === null) return 0;
  return invoke(typed, literal, { program, terminal });
}

/** The parser over all commands; also what `--help` is printed from. */
export function buildParser(
  { commands, version }: Program,
  terminal: Pick<Terminal, 'writeOut' | 'widthColumns'>,
  found: (typed: Typed) => void,
): Parser {
  const parser = new Parser('logonscope')
    .description('Turns Windows event logs into logon sessions with honest use time.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureHelp({ subcommandTerm: (sub) => sub.name() })
    .configureOutput({
      writeOut: (text) => terminal.writeOut(new TextEncoder().encode(text)),
      writeErr: () => {},
      getOutHelpWidth: () => terminal.widthColumns ?? 100,
    })
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  logonscope sessions Security.evtx System.evtx   who was logged on, and for how long in use\n' +
        '  logonscope report time-spent logs/              use time per account, from a whole folder\n' +
        "\n'logonscope <command> --help' shows each command's options and more examples.",
    );
  for (const command of commands) addCommand(parser, command, found);
  return parser;
}

function addCommand(parser: Parser, command: Command, found: (typed: Typed) => void): void {
  const sub = parser
    .command(command.name)
    .summary(command.summary)
    .description(command.description.join('\n\n'))
    .usage(usageOf(command))
    .argument('[words...]', '')
    .allowUnknownOption()
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ visibleArguments: () => [] })
    .addHelpText('after', helpTail(command));
  for (const { flags, doc, group, parse } of optionsOf(command)) {
    const option = new Option(flags, doc).helpGroup(`${group}:`);
    if (parse !== undefined)
      option.argParser((text: string, earlier: readonly string[] = []) => [...earlier, text]);
    sub.addOption(option);
  }
  sub.action((words: string[], options: Typed['options']) => found({ command, words, options }));
}

/** `[options] <computer> <inputs...>`. */
export function usageOf(command: Command): string {
  const operands = command.operands.map(({ name, variadic, optional }) => {
    const word = variadic ? `${name}...` : name;
    return optional ? `[${word}]` : `<${word}>`;
  });
  return ['[options]', ...operands].join(' ');
}

function helpTail(command: Command): string {
  const widest = Math.max(0, ...command.operands.map((o) => o.name.length));
  const operands = command.operands.map((o) => `  ${o.name.padEnd(widest)}  ${o.doc}`);
  const examples = command.examples.map((e) => `  ${e.line}\n      ${e.shows}`);
  const parts: string[] = [];
  if (operands.length > 0) parts.push(['\nOperands:', ...operands].join('\n'));
  if (examples.length > 0) parts.push(['\nExamples:', ...examples].join('\n'));
  return parts.join('\n');
}

function invoke(
  typed: Typed,
  literal: readonly string[],
  around: { program: Program; terminal: Terminal },
): Promise<ExitStatus> {
  const { command } = typed;
  const wrong: string[] = [];
  const options = readOptions(typed, wrong);
  const ownFlags = readOwnFlags(typed, wrong);
  const words = [...typed.words.filter((word) => !isFlag(word)), ...literal];
  for (const word of typed.words.filter(isFlag)) wrong.push(unknownFlag(word, command));
  const { operands, inputs } = readOperands(command, words, wrong);
  if (wrong.length > 0) throw new CannotRun([...wrong, `see: logonscope ${command.name} --help`]);
  return command.run({ operands, inputs, options, ownFlags, ...around });
}

const isFlag = (word: string) => word.startsWith('-') && word !== '-';

function unknownFlag(word: string, command: Command): string {
  const flag = word.split('=')[0]!;
  const guess = nearest(flag, optionsOf(command).map(longFlag));
  return `${flag}: unknown option${guess === null ? '' : ` (did you mean ${guess}?)`}`;
}

function readOptions({ command, options }: Typed, wrong: string[]): OptionValues {
  const values: Record<string, unknown> = {};
  for (const name of command.options) {
    const texts = options[name];
    if (texts === undefined) continue;
    values[name] = texts === true || readOption(OPTIONS[name], texts, wrong);
  }
  for (const name of command.required ?? []) {
    if (!(name in values)) wrong.push(`${longFlag(OPTIONS[name])}: is needed (${OPTIONS[name].doc})`);
  }
  return values as OptionValues;
}

/** The flags a command reads itself, as they would be typed: `--port 8000`. */
function readOwnFlags({ command, options }: Typed, wrong: string[]): string[] {
  return (command.ownFlags ?? []).flatMap((definition) => {
    const flag = longFlag(definition);
    const option = new Option(definition.flags);
    const texts = options[option.attributeName()];
    // `--no-open` is there as `open`: true unless it was typed.
    if (option.negate) return (texts as unknown) === false ? [flag] : [];
    if (texts === undefined) return [];
    if (texts === true) return [flag];
    readOption(definition, texts, wrong);
    return [flag, texts.at(-1)!];
  });
}

/** All texts are checked; of an option that is not repeatable the last one counts, as shells' users expect. */
function readOption(
  definition: OptionDefinition<unknown>,
  texts: readonly string[],
  wrong: string[],
): unknown {
  const values: unknown[] = [];
  for (const text of texts) {
    const parsed = definition.parse!(text);
    if ('value' in parsed) values.push(parsed.value);
    else wrong.push(`${longFlag(definition)} ${JSON.stringify(text)}: expected ${parsed.expected}`);
  }
  return definition.repeatable ? values.flat() : values.at(-1);
}

function readOperands(command: Command, words: readonly string[], wrong: string[]) {
  const operands: Record<string, string> = {};
  const left = [...words];
  let inputs: string[] = [];
  for (const operand of command.operands) {
    const { name, doc, variadic, optional } = operand;
    if (variadic) inputs = left.splice(0);
    else if (left.length > 0) operands[name] = fixedWord(left.shift()!, operand, wrong);
    else if (!optional) wrong.push(`<${name}>: is needed (${doc})`);
    if (variadic && inputs.length === 0 && !optional) wrong.push(`no ${name} named: ${doc}`);
  }
  for (const word of left) wrong.push(`${JSON.stringify(word)}: one word too many`);
  return { operands, inputs };
}

/** The word as the list of fixed words spells it; anything is right where there is no such list. */
function fixedWord(word: string, { name, choices }: Operand, wrong: string[]): string {
  if (choices === undefined) return word;
  const found = choices().find((choice) => choice.toLowerCase() === word.toLowerCase());
  if (found !== undefined) return found;
  const guess = nearest(word.toLowerCase(), choices());
  const hint = guess === null ? `expected one of ${choices().join(', ')}` : `did you mean ${guess}?`;
  wrong.push(`${JSON.stringify(word)}: no such ${name}; ${hint}`);
  return word;
}
