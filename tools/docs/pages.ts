/** The list of generated pages. A new one is a file beside this and a line here. */
import { auditPolicy, carCoverage } from './advice.ts';
import { commands, manPage } from './commands.ts';
import { configuration } from './configuration.ts';
import { events } from './events.ts';
import { formats } from './formats.ts';
import { openApi } from './openapi.ts';
import type { Page } from './page.ts';
import { picture } from './picture.ts';
import { problems } from './problems.ts';
import { reports } from './reports.ts';
import { sessionization } from './sessionization.ts';

export const PAGES: readonly Page[] = [
  sessionization,
  events,
  formats,
  reports,
  problems,
  auditPolicy,
  carCoverage,
  commands,
  manPage,
  configuration,
  openApi,
  picture,
];
