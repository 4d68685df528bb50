/** Single events to `/api/log_event`: all that a winauthmon-server takes. What is none of its four words stays unsent. */
import type { KeptEvent } from '../event.ts';
import type { Http } from './http.ts';
import { commonVerdict, type Sender, saidBy, type Verdict, type Way } from './server.ts';

/** So many are acknowledged at once; each is a post of its own. */
const EVENTS_MAX = 100;

export function plainWay(http: Pick<Http, 'post'>, timeOf: (time: number) => string): Way {
  return {
    id: 'plain',
    eventsMax: EVENTS_MAX,
    async send(sender, events, retry) {
      let through = 0;
      for (const event of events) {
        const verdict = event.plain === null ? null : await sendOne(http, sender, event, retry, timeOf);
        if (verdict !== null && verdict.is !== 'kept')
          // What went through before the trouble is through.
          return through === 0 ? verdict : { is: 'kept', through, refused: [] };
        if (verdict !== null && verdict.refused.length > 0) return verdict;
        through = event.n;
      }
      return { is: 'kept', through, refused: [] };
    },
  };
}

/** Times with offset and whole seconds: the original refuses fractions. */
async function sendOne(
  http: Pick<Http, 'post'>,
  { computer, localAddress, publicAddress }: Sender,
  { n, time, plain }: KeptEvent,
  retry: number,
  timeOf: (time: number) => string,
): Promise<Verdict> {
  const answer = await http.post('/api/log_event', {
    EventType: plain!.word,
    UserName: plain!.user,
    ComputerName: computer,
    Timestamp: timeOf(time),
    LocalIP: localAddress ?? '',
    PublicIP: publicAddress ?? '',
    retry,
  });
  if (answer.status === 200 || answer.status === 201) {
    // The original shows its error page with status 200.
    if (saidBy(answer.body) === null) return { is: 'unknown' };
    return { is: 'kept', through: n, refused: [] };
  }
  const common = commonVerdict(answer.status, answer.retryAfterMs, answer.body);
  if (common !== null) return common;
  return {
    is: 'kept',
    through: n,
    refused: [{ n, why: saidBy(answer.body) ?? `The server answers ${answer.status}.` }],
  };
}
