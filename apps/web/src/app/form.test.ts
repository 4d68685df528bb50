/** What people read when a form was refused. */
import { RefusedError } from '@logonscope/protocol';
import { describe, expect, it } from 'vitest';
import { refusedBy } from './form.ts';

function refused(status: number, errors?: { field: string; expected: string }[]) {
  const problem = {
    ...{ type: 'urn:x', title: 'The request is not as expected', status, detail: 'It cannot be like this.' },
    ...{ code: 'x/y', requestId: 'r-1' },
    ...(errors === undefined ? {} : { errors }),
  };
  return new RefusedError({ status, problem, retryAfterSeconds: status === 429 ? 30 : null });
}

describe('a refused form', () => {
  it('says what a field should be beside that field, and nothing twice', () => {
    const { error, fields } = refusedBy(refused(400, [{ field: 'email', expected: 'an e-mail address' }]), [
      'email',
    ]);
    expect({ error, fields }).toEqual({ error: null, fields: { email: 'Expected: an e-mail address' } });
  });

  it('tells of fields that the form does not show', () => {
    const told = refusedBy(refused(400, [{ field: 'zone', expected: 'an IANA zone' }]), ['email']);
    expect(told).toEqual({ error: 'It cannot be like this. zone: an IANA zone', fields: {} });
  });

  it('says how long to wait, and by which number to find a failure of the server', () => {
    expect(refusedBy(refused(429), []).error).toContain('Try again in 30 s.');
    expect(refusedBy(refused(500), []).error).toContain('Request r-1.');
  });

  it('has words for a server that does not answer', () => {
    expect(refusedBy(new TypeError('Failed to fetch'), []).error).toBe('Check the connection.');
  });
});
