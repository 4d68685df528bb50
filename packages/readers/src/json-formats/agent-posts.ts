/** What agents post to `/api/log_event`, kept as JSON lines. */
import { agentRecord, agentTime } from '../agent-events.ts';
import { jsonReader } from '../json-reader.ts';
import { type JsonObject, numberOf, own, textOf } from '../windows-object.ts';

const NEEDED = ['EventType', 'UserName', 'ComputerName', 'Timestamp'] as const;

function noteOf(object: JsonObject): string | null {
  const local = textOf(own(object, 'LocalIP')) ?? textOf(own(object, 'IPAddress'));
  const publicAddress = textOf(own(object, 'PublicIP'));
  const notes = [local && `own address ${local}`, publicAddress && `public address ${publicAddress}`].filter(
    Boolean,
  );
  return notes.length === 0 ? null : notes.join(', ');
}

export const agentPosts = jsonReader({
  id: 'agent-posts',
  label: 'agent posts (.json, .jsonl)',
  timesHaveZone: true,
  recognise: (object) => NEEDED.filter((key) => key in object).length / NEEDED.length,
  open({ file, sink }) {
    return {
      object(object, line) {
        const at = { file, line };
        const [word, user, computer, written] = NEEDED.map((key) => textOf(own(object, key)));
        const missing = NEEDED.find((key) => textOf(own(object, key)) === null);
        const time = agentTime(written ?? '');
        if (missing !== undefined || time === null) {
          const shown = (written ?? '').slice(0, 100);
          const message =
            missing === undefined
              ? `"${shown}" is not a time like 2025-04-27T07:06:14Z.`
              : 'The post lacks this text.';
          const code = missing === undefined ? 'json/bad-time' : 'json/incomplete-event';
          sink.problem({ code, at, field: missing ?? 'Timestamp', message });
          return;
        }
        const retry = numberOf(own(object, 'retry'));
        const event = { word: word!, user: user!, computer: computer!, time, retry, note: noteOf(object) };
        sink.record(agentRecord(event, at));
      },
      end() {},
    };
  },
});
