/** docs/formats.md: every format that can be read, in the order in which they are tried. */
import { READERS } from '@logonscope/readers';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

export const formats: Page = {
  path: 'docs/formats.md',
  render: () =>
    [
      generatedFrom('READERS in packages/readers/src/index.ts'),
      '# Input formats\n\n',
      sentences(
        'The format of a file is found by its content, never by its name. Files may be packed with gzip or zip. A format whose times',
        'carry no zone is read in `--timezone`; without it the machine’s zone is assumed, with a warning.',
      ),
      table(
        ['format', 'id', 'usual extensions', 'times carry their zone'],
        READERS.map(({ id, label, extensions, timesHaveZone }) => [
          label,
          code(id),
          extensions.map(code).join(', '),
          timesHaveZone ? 'yes' : 'no: `--timezone`',
        ]),
      ),
    ].join(''),
};
