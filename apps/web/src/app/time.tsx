/** Instants as people of the page's zone read them; the exact one is in the tooltip of the element. */
import { useZone } from './view.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, day: '2-digit', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  });
  formats.set(zone, made);
  return made;
}

/** `05 May 2026, 08:41:07`. */
export function timeText(zone: string, at: string | number): string {
  return formatOf(zone).format(typeof at === 'number' ? at : Date.parse(at));
}

/** A dash where there is no instant. */
export function Time({ at, none = '–' }: { at: string | null | undefined; none?: string }) {
  const zone = useZone();
  if (at === null || at === undefined) return none;
  return (
    <time dateTime={at} title={`${at}, shown in ${zone}`} className="nowrap">
      {timeText(zone, at)}
    </time>
  );
}
