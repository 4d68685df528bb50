/** docs/commands.md and the man page: what the command line says of itself. */
import { renderCommandDocs, renderManPage } from '@logonscope/cli';
import type { Page } from './page.ts';

export const commands: Page = { path: 'docs/commands.md', render: renderCommandDocs };
export const manPage: Page = { path: 'docs/logonscope.1', render: renderManPage };
