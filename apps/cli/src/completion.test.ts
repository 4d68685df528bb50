/** The completion scripts and the man page, as a shell and a pager take them. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { renderCompletion, SHELLS } from './completion.ts';
import { renderManPage } from './index.ts';

test.each(SHELLS)('%s learns every command, its options and fixed values', (shell) => {
  const script = renderCompletion(shell, COMMANDS);
  for (const { name } of COMMANDS) expect(script).toContain(name);
  for (const word of ['screensaver-delay', 'parquet', 'time-spent', 'last-alive'])
    expect(script).toContain(word);
});

/** What bash would offer for a line that ends with the cursor. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const setUp = `COMP_WORDS=(${words.map((w) => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
  const script = `${renderCompletion('bash', COMMANDS)}\n${setUp}\n_logonscope\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', cwd: '/' });
  return stdout.trim().split('\n');
}

test('bash offers what fits', () => {
  expect(offered('logonscope se')).toEqual(['sessions', 'serve']);
  expect(offered('logonscope sessions --crash')).toEqual(['--crash-end']);
  expect(offered('logonscope sessions --crash-end ')).toEqual(['last-alive', 'startup']);
  expect(offered('logonscope report time')).toEqual(['time-spent']);
  expect(offered('logonscope completion f')).toContain('fish');
});

test('the man page is roff without a stray request', () => {
  const page = renderManPage();
  expect(page).toMatch(/^\.\\" Generated from/);
  expect(page).toContain('.TH LOGONSCOPE 1');
  for (const { name } of COMMANDS) expect(page).toContain(`.SS logonscope ${name.replaceAll('-', '\\-')}`);
  const requests = new Set(page.match(/^\.\S+/gm));
  expect([...requests].sort()).toEqual(
    ['.B', '.I', '.PP', '.RE', '.RS', '.SH', '.SS', '.TH', '.TP', '.\\"', '.fi', '.nf'].sort(),
  );
});
