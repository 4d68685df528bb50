/** `logonscope splunk-query`: the search that exports from Splunk what `sessions` reads. */
import { splunkQuery } from '@logonscope/core';
import type { Command } from '../command.ts';
import { CLEAN } from '../exit-status.ts';

export const splunkQueryCommand: Command = {
  name: 'splunk-query',
  summary: 'the Splunk search whose result Logonscope reads',
  description: [
    'Prints a search for Splunk. Run it there, export the result as CSV or JSON, and give that file to logonscope.',
    'The style depends on how Splunk ingests the Security log: with renderXml=true the fields are called TargetUserName and so on (xml), otherwise Account_Name and so on (classic).',
  ],
  operands: [],
  options: ['style', 'earliest', 'latest', 'user', 'computer', 'outputcsv'],
  examples: [
    { line: 'logonscope splunk-query', shows: 'the last 30 days of everybody' },
    {
      line: 'logonscope splunk-query --style classic --earliest -7d --user alice --outputcsv user_activity_logs.csv',
      shows: "one person's last week, written to a file on the search head",
    },
  ],
  run: async ({ options, terminal }) => {
    const query = splunkQuery({
      style: options.style ?? 'xml',
      earliest: options.earliest ?? '-30d',
      latest: options.latest ?? 'now',
      users: options.user ?? [],
      computers: options.computer ?? [],
      outputCsv: options.outputcsv ?? null,
    });
    terminal.writeOut(new TextEncoder().encode(`${query.trimEnd()}\n`));
    return CLEAN;
  },
};
