/** A page that is watched: what it says on its console, what its policy blocked, whom it asked. */
import type { BrowserContext, Page } from 'playwright-core';

export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console, exceptions nobody caught, and what the content policy blocked; to be empty. */
  readonly troubles: readonly string[];
  /** Addresses of all requests, in order. */
  readonly requests: readonly string[];
  /** Requests to anything but the server of the page; to be empty. */
  strangers(): readonly string[];
  /** Takes what was noted so far off the list, where a test provoked it. */
  forgive(): readonly string[];
}

/** Chromium says so on the console for each answer that is a refusal: pages ask for those on purpose. */
const REFUSED_ANSWER = /^Failed to load resource: the server responded with a status of [45]\d\d/;

/** Runs in the page before anything else; a text, since whoever compiles this has no types of a page. */
const TELL_OF_BLOCKED = `
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error('blocked by the content policy: ' + violatedDirective + ' ' + blockedURI));
`;

/** Opens a page and begins to watch it. */
export async function openPage(context: BrowserContext, base: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || REFUSED_ANSWER.test(text)) return;
    troubles.push(text);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(TELL_OF_BLOCKED);
  const own = (address: string) => address.startsWith(base) || /^(data|blob|about):/.test(address);
  return {
    page,
    troubles,
    requests,
    strangers: () => requests.filter((address) => !own(address)),
    forgive: () => troubles.splice(0),
  };
}
