/** The man page and the command reference, generated from the commands and the table of options. */
import { type Command, optionsOf } from './command.ts';
import { OPTIONS, type OptionDefinition } from './options.ts';
import { usageOf } from './program.ts';

const PURPOSE = 'turns Windows event logs into logon sessions with honest use time';

const EXIT_STATUS = [
  ['0', 'Clean.'],
  ['1', 'Finished, but something in the input could not be read, or nothing was in it.'],
  ['2', 'Could not run: a wrong option, no readable input, or an output that cannot be written.'],
] as const;

/** The man page in roff, section 1. */
export function renderManual(commands: readonly Command[], version: string): string {
  const lines = [
    '.\\" Generated from the commands in apps/cli/src/commands by `npm run docs`.',
    `.TH LOGONSCOPE 1 "" "Logonscope ${version}" "User commands"`,
    '.SH NAME',
    `logonscope \\- ${roff(PURPOSE)}`,
    '.SH SYNOPSIS',
    '.B logonscope',
    '.I command',
    '[options] [operands]',
    '.SH COMMANDS',
  ];
  for (const command of commands) lines.push(...manualSection(command));
  lines.push('.SH OPTIONS');
  for (const { flags, doc } of usedOptions(commands)) {
    lines.push('.TP', `.B ${roff(flags)}`, roff(`${doc}.`));
  }
  lines.push('.SH "EXIT STATUS"');
  for (const [status, meaning] of EXIT_STATUS) lines.push('.TP', `.B ${status}`, roff(meaning));
  return `${lines.join('\n')}\n`;
}

function manualSection(command: Command): string[] {
  const lines = [`.SS ${roff(`logonscope ${command.name} ${usageOf(command)}`)}`];
  for (const paragraph of command.description) lines.push(roff(paragraph), '.PP');
  const flags = optionsOf(command)
    .map((option) => option.flags.split(' <')[0])
    .join('; ');
  if (flags !== '') lines.push(roff(`Options: ${flags}.`), '.PP');
  for (const { line, shows } of command.examples) {
    lines.push('.nf', `.B ${roff(line)}`, '.fi', '.RS', roff(shows), '.RE', '.PP');
  }
  return lines;
}

/** In roff a leading dot or quote is a request, a hyphen is typography and a backslash an escape. */
function roff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

/** Shared options in the order of their table, then those of single commands. */
function usedOptions(commands: readonly Command[]): OptionDefinition<unknown>[] {
  const used = new Set(commands.flatMap(optionsOf));
  const shared = Object.values<OptionDefinition<unknown>>(OPTIONS).filter((option) => used.has(option));
  return [...shared, ...new Set(commands.flatMap(({ ownFlags = [] }) => ownFlags))];
}

/** The command reference in Markdown. */
export function renderReference(commands: readonly Command[]): string {
  const parts = [
    '<!-- Generated from the commands in apps/cli/src/commands by `npm run docs`. -->',
    '# Commands',
    `\`logonscope\` ${PURPOSE}.`,
    `Exit status: ${EXIT_STATUS.map(([status, meaning]) => `**${status}** ${meaning}`).join(' ')}`,
  ];
  for (const command of commands) parts.push(...referenceSection(command));
  return `${parts.join('\n\n')}\n`;
}

function referenceSection(command: Command): string[] {
  const rows = optionsOf(command).map(({ flags, doc }) => {
    return `| \`${flags}\` | ${doc.replaceAll('|', '\\|').replaceAll('\\a', '\\\\a').replaceAll('*', '\\*')} |`;
  });
  const operands = command.operands.map(({ name, doc }) => `- \`${name}\`: ${doc.replaceAll('*', '\\*')}`);
  const examples = command.examples.flatMap(({ line, shows }) => [`# ${shows}`, line]);
  return [
    `## ${command.name}`,
    `\`logonscope ${command.name} ${usageOf(command)}\``,
    ...command.description,
    ...(operands.length > 0 ? [operands.join('\n')] : []),
    ...(rows.length > 0 ? [['| option | meaning |', '| --- | --- |', ...rows].join('\n')] : []),
    ...(examples.length > 0 ? [['```sh', ...examples, '```'].join('\n')] : []),
  ];
}
