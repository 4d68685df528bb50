/** Every command, in the order of `--help`. */
import type { Command } from '../command.ts';
import { auditPolicy } from './audit-policy.ts';
import { carCoverage } from './car-coverage.ts';
import { completion } from './completion.ts';
import { dbCommand } from './db.ts';
import { events } from './events.ts';
import { explain } from './explain.ts';
import { importCommand } from './import.ts';
import { importWinauthmonCommand } from './import-winauthmon.ts';
import { man } from './man.ts';
import { overlapsCommand } from './overlaps.ts';
import { where, who } from './presence.ts';
import { report } from './report.ts';
import { serveCommand } from './serve.ts';
import { sessions } from './sessions.ts';
import { splunkQueryCommand } from './splunk-query.ts';
import { viewCommand } from './view.ts';

export const COMMANDS: readonly Command[] = [
  sessions,
  explain,
  report,
  events,
  who,
  where,
  overlapsCommand,
  viewCommand,
  serveCommand,
  dbCommand,
  importCommand,
  importWinauthmonCommand,
  splunkQueryCommand,
  auditPolicy,
  carCoverage,
  completion,
  man,
];
