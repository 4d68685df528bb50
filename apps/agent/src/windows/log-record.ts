/** One event of a log, from the XML in which Windows hands it out, to what travels. */
import { createDecoder, decode, type SessionEvent, type WindowsRecord } from '@logonscope/core';
import type { AgentEvent, PlainEvent, PlainWord } from '../event.ts';
import { readXml } from './read-xml.ts';

const PLAIN_WORDS: Readonly<Partial<Record<SessionEvent['signal'], PlainWord>>> = {
  logon: 'Logon',
  logoff: 'Logoff',
  lock: 'Lock',
  unlock: 'Unlock',
};
/** Long values of events say nothing of sessions; the server takes no more either. */
const VALUE_CHARS_MAX = 4_096;

const decodeForPeople = createDecoder({ peopleOnly: true });

/** The event, or null where it says nothing of people's sessions or cannot be read. */
export async function logEvent(
  xml: string,
  alreadyTold: (event: PlainEvent, time: number) => boolean,
): Promise<AgentEvent | null> {
  let event: AgentEvent | null = null;
  await readXml(xml, (record) => {
    event = eventOf(record, alreadyTold);
  });
  return event;
}

function eventOf(
  record: WindowsRecord,
  alreadyTold: (event: PlainEvent, time: number) => boolean,
): AgentEvent | null {
  const { time, provider, eventId, channel, recordId, computer } = record;
  if (time === null || provider === null || eventId === null || computer === null) return null;
  if (decodeForPeople(record) === null) return null;
  const fields: Record<string, string> = {};
  const understood = decode(noting(record, fields));
  const word = understood === null ? undefined : PLAIN_WORDS[understood.signal];
  const plain = word === undefined || understood!.user === null ? null : { word, user: understood!.user };
  return {
    time,
    upload: { provider, eventId, channel, recordId, computer, time: new Date(time).toISOString(), fields },
    plain: plain === null || alreadyTold(plain, time) ? null : plain,
  };
}

/** The record, with every value that is asked of it put into `fields`: so exactly what is understood travels. */
function noting(record: WindowsRecord, fields: Record<string, string>): WindowsRecord {
  const { kind, time, provider, channel, eventId, recordId, computer, source } = record;
  return {
    ...{ kind, time, provider, channel, eventId, recordId, computer, source },
    field(name) {
      const value = record.field(name);
      if (value !== null && value !== '') fields[name] = value.slice(0, VALUE_CHARS_MAX);
      return value;
    },
  };
}
