/** Puts the logs of a small simulated fleet into a portal, as its agents would send them. */
import { EVENTS_PER_POST_MAX } from '@logonscope/protocol';
import { fieldText, type SimRecord, simulateFleet } from '@logonscope/simulator';

export interface FleetSize {
  readonly seed: number;
  readonly computers: number;
  readonly days: number;
  /** First day, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

/** Resolves when every event is stored. */
export async function loadFleet(
  { address, apiKey }: { readonly address: string; readonly apiKey: string },
  { seed, computers, days, firstDay }: FleetSize,
): Promise<void> {
  const fleet = simulateFleet({
    ...{ seed, computers, days, firstDay, noise: 0.03, processes: 0 },
    zones: ['Europe/London'],
    peoplePerServer: 14,
  });
  for (const { records } of fleet) {
    let waiting: object[] = [];
    const send = async () => {
      const answer = await fetch(`${address}/api/v1/events`, {
        method: 'POST',
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
        body: JSON.stringify(waiting),
      });
      if (!answer.ok) throw new Error(`The events were refused: ${answer.status} ${await answer.text()}`);
      waiting = [];
    };
    for (const record of records) {
      waiting.push(uploadOf(record));
      if (waiting.length === EVENTS_PER_POST_MAX) await send();
    }
    if (waiting.length > 0) await send();
  }
}

/** The record as an agent reports it: Windows' own names, all values as text. */
function uploadOf(record: SimRecord): object {
  const { layout, recordId, computer, time } = record;
  const names = layout.fields.flatMap(({ name, type }) => (type === 'strings' || name === '' ? [] : [name]));
  return {
    ...{ provider: layout.provider, eventId: layout.id, channel: layout.channel, recordId, computer },
    time: new Date(time).toISOString(),
    fields: Object.fromEntries(names.map((name) => [name, fieldText(record, name)])),
  };
}
