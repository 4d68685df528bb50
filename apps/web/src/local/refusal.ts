/** A question that is answered with a refusal, as a server would: a status, a code, and which field was expected how. */
import type { Refused } from './messages.ts';

export class LocalRefusal extends Error {
  readonly refused: Refused;
  constructor(status: number, code: string, detail: string, errors: Refused['errors'] = []) {
    super(detail);
    this.name = 'LocalRefusal';
    this.refused = { status, code, detail, errors };
  }
}
