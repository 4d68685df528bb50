/** Looks a page over for barriers: axe's rules of WCAG 2.2 AA and best practice, and scrolling sideways. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SHOWN_MAX = 3;

let source: string | null = null;

/** How long a page may take to show what it was told to, or to follow a change of colours. */
const SETTLES_MS = 2_000;

/**
 * What axe finds, one line per rule and place; empty is good. With `rules` only these are looked at. What is found is
 * looked for once more a moment later: a page that is still being painted is not what people are left with.
 */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  const found = await lookOver(page, rules);
  if (found.length === 0) return found;
  await page.waitForTimeout(SETTLES_MS);
  return lookOver(page, rules);
}

async function lookOver(page: Page, rules?: readonly string[]): Promise<string[]> {
  source ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(source);
  // As texts, since whoever compiles this has no page and no types of one.
  const runOnly = rules === undefined ? { type: 'tag', values: TAGS } : { type: 'rule', values: rules };
  const options = { runOnly, resultTypes: ['violations'] };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, SHOWN_MAX).map(({ html, failureSummary }) => {
      const why = failureSummary?.split('\n')[1]?.trim() ?? '';
      return `${id}: ${help}: ${html.slice(0, 160)} ${why}`;
    }),
  );
}

/** By how many pixels the page is wider than the window. */
export function overflowWidth(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  ) as Promise<number>;
}
