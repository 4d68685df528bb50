/** Vitest reporter: the last lines of `npm test` count what ran and name what was skipped, with the reason. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Lines for the end of a run: what test files printed as `used: …` and the reasons they printed as `skipped: …`,
 * skipped tests that carry a reason of their own, and the counts.
 */
export function closingLines(
  tests: readonly Pick<TestCase, 'fullName' | 'result'>[],
  printed: Iterable<string> = [],
): string[] {
  const results = tests.map((test) => ({ name: test.fullName, ...test.result() }));
  const count = (state: string) => results.filter((result) => result.state === state).length;
  const reasons = [...new Set(printed)];
  const unexplained: string[] = [];
  for (const result of results.filter(({ state }) => state === 'skipped')) {
    const note = 'note' in result ? result.note : undefined;
    if (note === undefined) unexplained.push(`  ${result.name}`);
    else reasons.push(`skipped: ${result.name}: ${note}`);
  }
  if (unexplained.length > 0) reasons.push(`skipped for these reasons:`, ...unexplained);
  const skipped = count('skipped');
  const counts = `${results.length} tests: ${count('passed')} passed, ${count('failed')} failed, ${skipped} skipped`;
  return [...reasons, counts];
}

export default class ClosingLines implements Reporter {
  readonly #printed: string[] = [];

  /** Test files say on the console what they ran on and why they skip; that would be lost in the middle of a long run. */
  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#printed.push(...content.split('\n').filter((line) => /^(used|skipped): /.test(line)));
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    console.log(closingLines(tests, this.#printed).join('\n'));
  }
}
