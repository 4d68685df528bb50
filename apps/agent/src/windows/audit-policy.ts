/** Which audit subcategories are switched on, asked of Windows itself (`auditpol` speaks the language of the system). */
import { auditAdvice } from '@logonscope/core';
import type { Api } from './api.ts';
import type { Pointer } from './koffi.ts';

export type Audited = 'none' | 'success' | 'failure' | 'both';

/** AUDIT_POLICY_INFORMATION (ntsecapi.h): subcategory, what is audited, category. */
const ENTRY_BYTES = 36;
const AUDITED_AT = 16;
const SUCCESS = 1;
const FAILURE = 2;

/** By GUID with braces; null where Windows does not tell, as without the right to manage the audit log. */
export function auditPolicy(api: Api): Record<string, Audited> | null {
  const guids = auditAdvice().map(({ guid }) => guid);
  const found: Pointer[] = [null];
  const asked = Buffer.concat(guids.map(guidBytes));
  if (!api.security.auditPolicy(asked, guids.length, found) || !found[0]) return null;
  const policy: Record<string, Audited> = {};
  for (const [i, guid] of guids.entries()) {
    const bits = api.koffi.decode(found[0], i * ENTRY_BYTES + AUDITED_AT, 'uint32_t') as number;
    policy[guid] = word((bits & SUCCESS) !== 0, (bits & FAILURE) !== 0);
  }
  api.security.auditFree(found[0]);
  return policy;
}

function word(success: boolean, failure: boolean): Audited {
  if (success) return failure ? 'both' : 'success';
  return failure ? 'failure' : 'none';
}

/** A GUID as Windows keeps it: the first three parts with the low byte first. */
export function guidBytes(guid: string): Buffer {
  const hex = guid.replace(/[{}-]/g, '');
  const bytes = Buffer.from(hex, 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
