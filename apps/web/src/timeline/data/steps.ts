/** Step functions in typed arrays: from `at[i]` on a row is in `state[i]`, until `at[i + 1]`. */

export interface Steps {
  /** Milliseconds since 1970, strictly increasing. */
  readonly at: Float64Array;
  /** State numbers; the last one is `none`. */
  readonly state: Uint8Array;
}

/** First index in [low, high) whose value is greater than `x`; `high` if there is none. */
export function upper(values: Float64Array, x: number, low = 0, high = values.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** First index in [low, high) whose value is at least `x`; `high` if there is none. */
export function lower(values: Float64Array, x: number, low = 0, high = values.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! >= x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The state at an instant; 0 before the first step. */
export function stateAt({ at, state }: Steps, instant: number): number {
  const i = upper(at, instant) - 1;
  return i < 0 ? 0 : state[i]!;
}

/** Steps that grow at the end; equal neighbours join, and a later word on the same instant replaces the earlier. */
export class StepList {
  private at: Float64Array;
  private state: Uint8Array;
  private count = 0;

  constructor(capacity: number) {
    this.at = new Float64Array(capacity);
    this.state = new Uint8Array(capacity);
  }

  push(at: number, state: number): void {
    if (this.count > 0 && this.at[this.count - 1] === at) this.count -= 1;
    if (state === (this.count === 0 ? 0 : this.state[this.count - 1]!)) return;
    if (this.count === this.at.length) this.grow();
    this.at[this.count] = at;
    this.state[this.count++] = state;
  }

  finish(): Steps {
    return { at: this.at.slice(0, this.count), state: this.state.slice(0, this.count) };
  }

  private grow(): void {
    const capacity = Math.max(16, this.at.length * 2);
    const at = new Float64Array(capacity);
    const state = new Uint8Array(capacity);
    at.set(this.at);
    state.set(this.state);
    this.at = at;
    this.state = state;
  }
}
