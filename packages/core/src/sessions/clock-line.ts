/** One channel's way from clock time to corrected time: how many changes of the clock lie behind each record. */
import type { Instant, SessionEvent } from '../model.ts';
import type { ClockChange } from './channel-run.ts';
import { JITTER_MS, SAME_CHANGE_MS } from './clock-changes.ts';

/** Records of two channels about one act are written this close together. */
const SAME_ACT_MS = 1_500;

/** Clock times of channels that tell of the changes themselves, by how many changes lie behind: they show the way. */
export class ClockWitness {
  readonly #times = new Map<number, Instant[]>();
  /** The same in order; made when first asked for, once everything is noted. */
  readonly #index = new Map<number, Float64Array>();

  note(time: Instant, behind: number): void {
    const times = this.#times.get(behind);
    if (times === undefined) this.#times.set(behind, [time]);
    else times.push(time);
  }

  /** Whether something was written at this time while exactly so many changes lay behind. */
  saw(time: Instant, behind: number): boolean {
    const times = this.#sorted(behind);
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! < time - SAME_ACT_MS) low = middle + 1;
      else high = middle;
    }
    return low < times.length && times[low]! <= time + SAME_ACT_MS;
  }

  #sorted(behind: number): Float64Array {
    let times = this.#index.get(behind);
    if (times === undefined) {
      times = Float64Array.from(this.#times.get(behind) ?? []).sort();
      this.#index.set(behind, times);
    }
    return times;
  }
}

export class ClockLine {
  readonly #shifts: readonly ClockChange[];
  readonly #own: ReadonlySet<SessionEvent>;
  readonly #witness: ClockWitness | null;
  /** `#offsets[k]` is added to clock time once k changes lie behind. */
  readonly #offsets: number[] = [0];
  /** Corrected instant of change k. */
  readonly #moments: Instant[] = [Number.NEGATIVE_INFINITY];
  #behind = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** `own` are the channel's records of changes; without any, the `witness` of another channel may help. */
  constructor(shifts: readonly ClockChange[], own: ReadonlySet<SessionEvent>, witness: ClockWitness | null) {
    this.#shifts = shifts;
    this.#own = own;
    this.#witness = witness;
    for (const { previousTime, newTime } of shifts) {
      const before = this.#offsets.at(-1)!;
      this.#moments.push(previousTime + before);
      this.#offsets.push(before - (newTime - previousTime));
    }
  }

  get behind(): number {
    return this.#behind;
  }

  /**
   * Corrects `times[i]` into `into[n]`. From column to column, since this is done for every record of a log, and a
   * number that goes from function to function is an object each time (`node bench/sessionizer.ts`).
   */
  correct(times: Float64Array, i: number, event: SessionEvent | null, into: Float64Array, n: number): void {
    const time = times[i]!;
    const told =
      event?.signal === 'clockChange'
        ? this.#shifts.findIndex((change) => change.events.includes(event))
        : -1;
    if (told >= 0) this.#behind = Math.max(this.#behind, told + 1);
    else while (!this.#isCalm(time) && this.#isPast(time, event)) this.#behind++;
    const at = time + this.#offsets[this.#behind]!;
    // What still runs back is jitter of writing: it happened now at the earliest.
    if (at > this.#last) this.#last = at;
    into[n] = this.#last;
  }

  /** Whether this clock explains the time, and the next one does not: so it is with nearly all records. */
  #isCalm(time: Instant): boolean {
    const behind = this.#behind;
    if (behind === this.#shifts.length) return true;
    const now = time + this.#offsets[behind]!;
    return (
      now <= this.#moments[behind + 1]! + SAME_CHANGE_MS &&
      now >= this.#moments[behind]! - SAME_CHANGE_MS &&
      time < this.#shifts[behind]!.newTime - SAME_CHANGE_MS
    );
  }

  /** True for a kernel record that does not fit here: from before what is already written, or later than what follows. */
  isDisplaced(time: Instant, following: Instant): boolean {
    const at = time + this.#offsets[this.#behind]!;
    return at < this.#last || (this.#behind > 0 && time > following + JITTER_MS);
  }

  /** A record written after the moment it tells of: the latest clock by which it does not lie ahead of its log. */
  correctLate(time: Instant): Instant {
    for (let behind = this.#behind; behind >= 0; behind--) {
      const at = time + this.#offsets[behind]!;
      if (at <= this.#last + JITTER_MS && at >= this.#moments[behind]! - JITTER_MS) return at;
    }
    return Math.max(time + this.#offsets[this.#behind]!, this.#last);
  }

  /** Whether the next change lies before a record with this time, though the channel has not told of it (yet). */
  #isPast(time: Instant, event: SessionEvent | null): boolean {
    const { previousTime, newTime, events } = this.#shifts[this.#behind]!;
    const now = time + this.#offsets[this.#behind]!;
    // Under the clock of now it would lie after the change, or before this clock was set at all.
    if (now > this.#moments[this.#behind + 1]! + SAME_CHANGE_MS) return true;
    if (now < this.#moments[this.#behind]! - SAME_CHANGE_MS) return this.#fitsLater(time);
    const fitsAfter = time >= newTime - SAME_CHANGE_MS;
    if (!fitsAfter || newTime > previousTime) return false;
    const runsBack = now < this.#last - SAME_CHANGE_MS;
    if (events.some((told) => this.#own.has(told))) return runsBack && time <= newTime + JITTER_MS;
    if (runsBack) return true;
    if (event === null || this.#witness === null) return false;
    return this.#witness.saw(time, this.#behind + 1) && !this.#witness.saw(time, this.#behind);
  }

  /** Whether a later clock showed this time while it ran; a record that no clock explains was only written late. */
  #fitsLater(time: Instant): boolean {
    for (let behind = this.#behind + 1; behind <= this.#shifts.length; behind++) {
      const at = time + this.#offsets[behind]!;
      const ran = this.#moments[behind + 1] ?? Number.POSITIVE_INFINITY;
      if (at >= this.#moments[behind]! - SAME_CHANGE_MS && at <= ran + SAME_CHANGE_MS) return true;
    }
    return false;
  }
}
