/** docs/problems.md: every code of a problem and a finding, with its sentence and what to do. */
import { FINDING_CODES, PROBLEMS, type ProblemKind } from '@logonscope/core';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

export const problems: Page = {
  path: 'docs/problems.md',
  render: () => {
    const findings: readonly string[] = FINDING_CODES;
    const rows = Object.entries(PROBLEMS).map(([name, kind]) => ({ name, kind }));
    return [
      generatedFrom('packages/core/src/problems.ts'),
      '# Problems and findings\n\n',
      sentences(
        'A **problem** is input that could not be read: it is told with file, record or line, field and what was expected,',
        'and costs no more than its record. A **finding** was read and does not add up; it stands with its session.',
        'An `error` lost input, a `warning` may shift figures, a `notice` is worth knowing. The exit status is 1 when there',
        'were problems.',
      ),
      '## Problems\n\n',
      codeTable(rows.filter(({ name }) => !findings.includes(name))),
      '\n## Findings\n\n',
      codeTable(rows.filter(({ name }) => findings.includes(name))),
    ].join('');
  },
};

function codeTable(rows: readonly { name: string; kind: ProblemKind }[]): string {
  return table(
    ['code', 'severity', 'meaning', 'what to do'],
    rows.map(({ name, kind }) => [code(name), kind.severity, kind.sentence, kind.advice ?? '']),
  );
}
