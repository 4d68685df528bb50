/** A moment in the zone of the page, typed as its clock shows it, kept in the address as an instant. */
import { instantOfLocal, wallClock } from '../../app/local-time.ts';
import { useParam, useZone } from '../../app/view.ts';
import { Field } from '../../ui/index.ts';

const MINUTE_MS = 60_000;

/** The moment of the address, or the whole minute that is now; and how to change it by what a clock shows. */
export function useMoment(): {
  readonly atMs: number;
  readonly local: string;
  readonly set: (local: string) => void;
} {
  const zone = useZone();
  const [text, setText] = useParam('at');
  const parsed = Date.parse(text);
  const atMs = Number.isFinite(parsed) ? parsed : Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const local = new Date(wallClock(zone, atMs)).toISOString().slice(0, 16);
  return {
    atMs,
    local,
    set: (typed) => {
      const instant = instantOfLocal(zone, typed);
      if (Number.isFinite(instant)) setText(new Date(instant).toISOString());
    },
  };
}

export function MomentField() {
  const zone = useZone();
  const { local, set } = useMoment();
  return <Field label={`At (${zone})`} type="datetime-local" value={local} onChange={set} />;
}
