/** `logonscope car-coverage`: which fields of MITRE CAR user_session are filled, for which action, from what. */
import { CAR_COVERAGE, type CarCoverage } from '@logonscope/core';
import { type ObjectColumns, tableFromObjects } from '@logonscope/writers';
import type { Command } from '../command.ts';
import { CLEAN } from '../exit-status.ts';
import { WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { isJson, writeTable, writeValues } from '../show.ts';

const NOTE =
  'event: the field is in the event of this action itself. session: it is known from other events of the same session or from the computer. none: it has no meaning there.';

// biome-ignore format: a table
const COLUMNS: ObjectColumns<CarCoverage> = {
  action: { title: 'Action', value: (c) => c.action },
  field:  { title: 'Field', value: (c) => c.field },
  from:   { title: 'From', value: (c) => c.from },
  events: { title: 'Events', value: (c) => c.eventIds.join(', ') },
};

export const carCoverage: Command = {
  name: 'car-coverage',
  summary: 'what of MITRE CAR user_session is covered',
  description: [
    'Prints the coverage map of the MITRE CAR object user_session: action by field, and which events fill it.',
  ],
  operands: [],
  options: [...WRITING],
  examples: [{ line: 'logonscope car-coverage', shows: 'the map as a table' }],
  run: async ({ options, terminal }) => {
    const output = chooseOutput(options, terminal);
    if (isJson(output)) await writeValues(output, CAR_COVERAGE);
    else {
      const title = 'Coverage of CAR user_session';
      const table = tableFromObjects({ title, note: NOTE, columns: COLUMNS, objects: CAR_COVERAGE });
      await writeTable(output, table, terminal);
    }
    return CLEAN;
  },
};
