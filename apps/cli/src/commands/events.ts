/** `logonscope events`: every event understood, in order, in our names or in those of CAR, OCSF or ECS. */
import {
  accountClass,
  eventToContract,
  isSystemAccount,
  orderEvents,
  type SessionEvent,
} from '@logonscope/core';
import { eventTable, findWriter } from '@logonscope/writers';
import { type Command, INPUTS } from '../command.ts';
import { CHOOSING, type OptionValues, READING, WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { finish, readLogs } from '../reading.ts';
import { IN_VOCABULARY } from '../schemas.ts';
import { selectEvents } from '../select.ts';
import { flatTable, isJson, writeTable, writeValues } from '../show.ts';

export const events: Command = {
  name: 'events',
  summary: 'the events behind the sessions',
  description: [
    'Prints every event that says something about logons, sessions, power or the log itself, in order and without copies. Events of system accounts are left out unless --include all asks for them.',
    'With --schema the attributes get the names of MITRE CAR user_session, OCSF Authentication or the Elastic Common Schema; events without a word there are left out.',
  ],
  operands: [INPUTS],
  options: [...READING, ...CHOOSING, 'include', 'schema', ...WRITING],
  examples: [
    { line: 'logonscope events Security.evtx --user alice', shows: "one person's events as a table" },
    { line: 'logonscope events logs/ --schema ecs --format ndjson', shows: 'for Elasticsearch' },
    { line: 'logonscope events - --format csv < Security.evtx', shows: 'from standard input' },
  ],
  async run(invocation) {
    const { options, terminal } = invocation;
    const output = chooseOutput(options, terminal);
    const read = await readLogs(invocation, { peopleOnly: false });
    const chosen = selectEvents(orderEvents(read.events).filter(asked(options)), read.settings.selection);
    const schema = options.schema ?? 'native';
    if (schema !== 'native') {
      const objects = chosen.map(IN_VOCABULARY[schema]).filter((object) => object !== null);
      if (isJson(output)) await writeValues(output, objects);
      else await writeTable(output, flatTable('Events', objects), terminal);
    } else if (isJson(output)) await writeValues(output, contracts(chosen));
    else {
      const choice = { timezone: read.settings.timezone, narrow: findWriter(output.format)?.narrow ?? false };
      await writeTable(output, eventTable(chosen, choice), terminal);
    }
    return finish(invocation, read);
  },
};

function* contracts(chosen: readonly SessionEvent[]) {
  for (const event of chosen) yield eventToContract(event);
}

/** Without `--include system` or `all`, what system accounts do stays out of the way; events without an account stay in. */
function asked({ include = [] }: OptionValues): (event: SessionEvent) => boolean {
  if (include.includes('all') || include.includes('system')) return () => true;
  return ({ user, sid, domain }) => !isSystemAccount(accountClass(sid, user, domain));
}
