/** Shell completion, generated from the commands and the table of options. */
import { type Command, optionsOf } from './command.ts';
import { longFlag } from './options.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that teaches the shell all commands, options and fixed values. */
export function renderCompletion(shell: Shell, commands: readonly Command[]): string {
  return RENDERERS[shell](commands);
}

const RENDERERS: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
  powershell: renderPowerShell,
};

function flagsOf(command: Command): string[] {
  return optionsOf(command).flatMap(({ flags }) => flags.match(/(?<=^|\s)--?[a-z-]+/g) ?? []);
}

function choicesOf(commands: readonly Command[]): [flag: string, choices: readonly string[]][] {
  return [...new Set(commands.flatMap(optionsOf))]
    .filter((definition) => definition.choices !== undefined)
    .map((definition) => [longFlag(definition), definition.choices!]);
}

/** Fixed words a command takes as its first operand, such as the names of reports. */
const wordsOf = (command: Command) => command.operands[0]?.choices?.() ?? [];

function renderBash(commands: readonly Command[]): string {
  const values = choicesOf(commands).map(
    ([flag, choices]) =>
      `    ${flag}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")); return ;;`,
  );
  const cases = commands.map(
    (command) =>
      `    ${command.name}) flags='${[...flagsOf(command), '--help'].join(' ')}'; words='${wordsOf(command).join(' ')}' ;;`,
  );
  return `# bash completion of logonscope; use: source <(logonscope completion bash)
_logonscope() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" flags='' words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map((c) => c.name).join(' ')} help --help --version' -- "$word")); return
  fi
  case "$before" in
${values.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _logonscope logonscope
`;
}

function renderZsh(commands: readonly Command[]): string {
  const quote = (text: string) => text.replaceAll("'", "'\\''");
  const bracket = (text: string) => quote(text).replace(/[[\]:]/g, '\\$&');
  const names = commands.map((c) => `    '${c.name}:${bracket(c.summary)}'`);
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map((definition) => {
      const values = definition.choices ? `(${definition.choices.join(' ')})` : '_files';
      const value = definition.parse === undefined ? '' : `:value:${values}`;
      const star = definition.repeatable ? '*' : '';
      return `      '${star}${longFlag(definition)}[${bracket(definition.doc)}]${value}'`;
    });
    const words = wordsOf(command);
    const first = words.length > 0 ? [`      '1:name:(${words.join(' ')})'`] : [];
    const lines = [...specs, ...first, "      '*:file:_files'"];
    return `    ${command.name}) _arguments \\\n${lines.join(' \\\n')} ;;`;
  });
  return `#compdef logonscope
# zsh completion of logonscope; put it as _logonscope into a folder of $fpath
_logonscope() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _logonscope ]; then _logonscope "$@"; else compdef _logonscope logonscope; fi
`;
}

function renderFish(commands: readonly Command[]): string {
  const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = ['# fish completion of logonscope; use: logonscope completion fish | source'];
  for (const command of commands) {
    lines.push(
      `complete -c logonscope -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
    );
    const within = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const words = wordsOf(command);
    if (words.length > 0) lines.push(`complete -c logonscope ${within} -a ${quote(words.join(' '))}`);
    for (const definition of optionsOf(command)) {
      const short = /^-([a-z]),/.exec(definition.flags);
      const value = definition.choices ? ` -xa ${quote(definition.choices.join(' '))}` : ' -r';
      const parts = [`complete -c logonscope ${within} -l ${longFlag(definition).slice(2)}`];
      if (short !== null) parts.push(`-s ${short[1]}`);
      lines.push(
        `${parts.join(' ')}${definition.parse === undefined ? '' : value} -d ${quote(definition.doc)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function renderPowerShell(commands: readonly Command[]): string {
  const array = (words: readonly string[]) =>
    `@(${words.map((w) => `'${w.replaceAll("'", "''")}'`).join(', ')})`;
  const flags = commands.map((c) => `    '${c.name}' = ${array([...flagsOf(c), '--help', ...wordsOf(c)])}`);
  const values = choicesOf(commands).map(([flag, choices]) => `    '${flag}' = ${array(choices)}`);
  return `# PowerShell completion of logonscope; use: logonscope completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName logonscope -ScriptBlock {
  param($word, $ast, $position)
  $flags = @{
${flags.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($word) { $typed[-2] } else { $typed[-1] }
  $offers = if ($values.ContainsKey($before)) { $values[$before] }
    elseif ($typed.Count -lt 2 -or ($typed.Count -eq 2 -and $word)) { ${array(commands.map((c) => c.name))} }
    else { $flags[$typed[1]] }
  $offers | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
