/** Pictures of pages for people to look at: into a folder that git ignores. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('../../../../e2e/web/screenshots', import.meta.url));

/** Takes a picture of what is in view, or of the whole page. */
export async function screenshot(page: Page, name: string, whole = false): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: whole, animations: 'disabled' });
}
