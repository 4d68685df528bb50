/** EvtxECmd's JSON: the columns of its CSV as members. */
import { evtxECmdFacts } from '../evtxecmd.ts';
import { jsonReader } from '../json-reader.ts';
import { own, textOf, windowsEmitter } from '../windows-object.ts';

export const evtxECmdJson = jsonReader({
  id: 'evtxecmd-json',
  label: 'EvtxECmd (.json)',
  timesHaveZone: true,
  recognise: (object) =>
    ['EventId', 'TimeCreated', 'Payload', 'Provider'].every((key) => key in object) ? 1 : 0,
  open({ file, sink, options }) {
    const { emit, finish } = windowsEmitter(file, sink, options);
    return {
      object: (object, line) => emit(evtxECmdFacts((column) => textOf(own(object, column)), line)),
      end: finish,
    };
  },
});
