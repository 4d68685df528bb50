/** Batches to `/api/v1/events`: what our servers take. Each event has its key, so that sending again changes nothing. */
import { EVENTS_PER_POST_MAX, uploadResult } from '@logonscope/protocol';
import type { KeptEvent } from '../event.ts';
import type { Http } from './http.ts';
import { commonVerdict, type Sender, saidBy, type Verdict, type Way } from './server.ts';

/** Half a megabyte or so: one that gets lost on a bad line is sent again soon. */
const EVENTS_MAX = Math.min(1_000, EVENTS_PER_POST_MAX);

/** The event as it travels: with its key, and with the computer's addresses where the sender of words tells them. */
export function uploadOf(
  event: KeptEvent,
  { epoch, localAddress, publicAddress }: Sender,
  retry: number,
): unknown {
  const key = `${epoch}-${event.n}`;
  if (!('type' in event.upload)) return { ...event.upload, key };
  const addresses = {
    ...(localAddress ? { localAddress } : {}),
    ...(publicAddress ? { publicAddress } : {}),
  };
  return { ...event.upload, ...addresses, ...(retry > 0 ? { retry } : {}), key };
}

export function batchWay(http: Pick<Http, 'post'>): Way {
  return {
    id: 'batch',
    eventsMax: EVENTS_MAX,
    async send(sender, events, retry) {
      const through = events.at(-1)!.n;
      const query = new URLSearchParams({
        computer: sender.computer,
        epoch: sender.epoch,
        through: String(through),
      });
      const answer = await http.post(
        `/api/v1/events?${query}`,
        events.map((event) => uploadOf(event, sender, retry)),
      );
      if (answer.status === 200) return kept(answer.body, events);
      // A page that a proxy or an original server shows instead is no word about these events.
      return (
        commonVerdict(answer.status, answer.retryAfterMs, answer.body) ??
        (events.length > 1 ? { is: 'too-large' } : refusedAlone(events[0]!, answer.body, answer.status))
      );
    },
  };
}

function kept(body: string, events: readonly KeptEvent[]): Verdict {
  const result = uploadResult.safeParse(jsonOf(body));
  if (!result.success) return { is: 'unknown' };
  const refused = result.data.problems.flatMap(({ at, field, expected }) => {
    const event = events[at];
    return event === undefined ? [] : [{ n: event.n, why: `${field}: expected ${expected}` }];
  });
  return { is: 'kept', through: events.at(-1)!.n, refused };
}

/** One event that the server will never take must not keep back all the others. */
function refusedAlone({ n }: KeptEvent, body: string, status: number): Verdict {
  return { is: 'kept', through: n, refused: [{ n, why: saidBy(body) ?? `The server answers ${status}.` }] };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
