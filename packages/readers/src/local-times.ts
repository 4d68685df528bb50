/** Places the zone-less times of one file and says once what had to be assumed about them. */
import type { Instant, SourceLocation } from '@logonscope/core';
import { flat } from './intern.ts';
import { timePlacer, zoneToUse } from './local-time.ts';
import type { ReadOptions, RecordSink } from './reader.ts';

export interface LocalTimes {
  /** The instant of a wall time; `at` and `field` say where it stood, `text` how it was written. */
  place(wallMs: number, at: SourceLocation, field: string, text: string): Instant;
  finish(at: SourceLocation, field: string): void;
}

/** Local times of one file, in its order. Problems: `zone-assumed`, `zone-skipped`, `zone-ambiguous`. */
export function localTimes(sink: RecordSink, options: ReadOptions, newestFirst: boolean): LocalTimes {
  const { timezone, assumed } = zoneToUse(options);
  const placer = timePlacer(timezone, newestFirst);
  let told = !assumed;

  function tellAssumed(at: SourceLocation, field: string): void {
    told = true;
    const cause =
      options.timezone === null
        ? 'The times carry no zone'
        : `"${options.timezone}" is not a known time zone and the times carry none`;
    const message = `${cause}; ${timezone} was assumed. Name the zone with --timezone, e.g. --timezone Europe/London.`;
    sink.problem({ code: 'zone-assumed', at, field, message });
  }

  function tellAmbiguous(at: SourceLocation, field: string): void {
    const message = `Times of the hour that ${timezone} repeats in autumn never run back; they were read as its first pass.`;
    sink.problem({ code: 'zone-ambiguous', at, field, message });
  }

  return {
    place(wallMs, at, field, text) {
      if (!told) tellAssumed(at, field);
      const placed = placer.place(wallMs);
      if (placed.undecided) tellAmbiguous(at, field);
      if (placed.skipped) {
        const message = `"${text}" does not exist in ${timezone}: the clocks skip it in spring; it was moved forward.`;
        sink.problem({ code: 'zone-skipped', at, field, message: flat(message) });
      }
      return placed.at;
    },
    finish(at, field) {
      if (placer.endsUndecided()) tellAmbiguous(at, field);
    },
  };
}
