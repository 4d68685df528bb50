/** docs/configuration.md: every setting of the server, from the table that it reads them by. */
import { SERVER_SETTINGS } from '@logonscope/server';
import { renderDocs } from '@logonscope/settings';
import { generatedFrom, type Page, sentences } from './page.ts';

export const configuration: Page = {
  path: 'docs/configuration.md',
  render: () =>
    [
      generatedFrom('apps/server/src/settings/table.ts'),
      '# Settings of the server\n\n',
      sentences(
        'A setting is looked for in four places; each later one wins: its default, `config.ini`, the environment, the',
        'command line (`logonscope serve`). An empty value counts as not given. Everything wrong is listed at once and',
        'stops the start; keys that nobody knows are told about and change nothing.',
      ),
      sentences(
        '`config.ini` is looked for in the working folder; `--config FILE` or `LOGONSCOPE_CONFIG` name another. Relative',
        'paths are taken from the folder it lies in. Sections and keys are found in any case. Lines that begin with `#` or',
        '`;` are comments, values stand without quotes, and an indented line goes on with the value above it: the',
        '`config.ini` of winauthmon-server works as it is.',
      ),
      renderDocs(SERVER_SETTINGS),
    ].join(''),
};
