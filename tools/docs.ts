/** `npm run docs`: writes every generated page; a test compares them with what is committed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PAGES } from './docs/pages.ts';

for (const page of PAGES) {
  const text = await page.render();
  const changed = !existsSync(page.path) || readFileSync(page.path, 'utf8') !== text;
  if (changed) {
    mkdirSync(dirname(page.path), { recursive: true });
    writeFileSync(page.path, text);
  }
  console.log(`${changed ? 'written  ' : 'unchanged'}  ${page.path}`);
}
