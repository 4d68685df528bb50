/** EvtxECmd's CSV: one row per Windows event, its values as JSON in the column Payload. */
import { type CsvContext, type CsvRowTaker, csvReader } from '../csv-reader.ts';
import { evtxECmdFacts } from '../evtxecmd.ts';
import { flat } from '../intern.ts';
import { windowsEmitter } from '../windows-object.ts';

function openEvtxECmd(context: CsvContext): CsvRowTaker {
  const { emit, finish } = windowsEmitter(context.file, context.sink, context.options);
  const columns = new Map(context.header.map((name, i) => [name.toLowerCase(), i]));
  return {
    row(cells, line) {
      const cell = (name: string): string | null => {
        const column = columns.get(name.toLowerCase());
        const value = column === undefined ? undefined : cells[column];
        return value === undefined || value === '' ? null : flat(value);
      };
      emit(evtxECmdFacts(cell, line));
    },
    end: finish,
  };
}

export const evtxECmdCsv = csvReader({
  id: 'evtxecmd-csv',
  label: 'EvtxECmd (.csv)',
  timesHaveZone: true,
  required: ['eventrecordid', 'timecreated', 'eventid', 'provider', 'channel', 'computer', 'payload'],
  open: openEvtxECmd,
});
