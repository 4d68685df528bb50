/** `logonscope audit-policy`: what Windows has to be told to record, and where. */
import { type AuditAdvice, auditAdvice } from '@logonscope/core';
import { type ObjectColumns, tableFromObjects } from '@logonscope/writers';
import type { Command } from '../command.ts';
import { CLEAN } from '../exit-status.ts';
import { WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { isJson, writeTable, writeValues } from '../show.ts';

// biome-ignore format: a table
const COLUMNS: ObjectColumns<AuditAdvice> = {
  subcategory: { title: 'Subcategory', value: (a) => a.subcategory },
  neededFor:   { title: 'Needed for', value: (a) => a.neededFor },
  auditpol:    { title: 'Command', value: (a) => a.auditpol },
  defaultOn:   { title: 'On by default', value: (a) => a.defaultOn },
  events:      { title: 'Events', value: (a) => a.events.join(', ') },
  policyPath:  { title: 'Group policy', value: (a) => a.policyPath },
  guid:        { title: 'GUID', value: (a) => a.guid },
};

export const auditPolicy: Command = {
  name: 'audit-policy',
  summary: 'which auditing to enable, and how',
  description: [
    'Lists the audit subcategories whose events Logonscope reads, what each is needed for, the auditpol command and the path in a group policy.',
  ],
  operands: [],
  options: [...WRITING],
  examples: [
    { line: 'logonscope audit-policy', shows: 'as a table' },
    { line: 'logonscope audit-policy --format csv -o audit-policy.csv', shows: 'for a ticket' },
  ],
  run: async ({ options, terminal }) => {
    const output = chooseOutput(options, terminal);
    const rows = auditAdvice();
    if (isJson(output)) await writeValues(output, rows);
    else
      await writeTable(
        output,
        tableFromObjects({ title: 'Audit policy', columns: COLUMNS, objects: rows }),
        terminal,
      );
    return CLEAN;
  },
};
