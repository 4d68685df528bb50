/** A form on its way: busy while it runs, and what was refused, as a whole and field by field. */
import { RefusedError } from '@logonscope/protocol';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '../ui/index.ts';

export interface Form {
  readonly busy: boolean;
  /** What was refused, where no field says it; null as long as nothing was. */
  readonly error: string | null;
  /** What a field should have been, by its name in the request. */
  readonly fields: Readonly<Record<string, string>>;
  readonly submit: (event?: FormEvent) => void;
}

interface Refused {
  readonly error: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

const NOTHING: Refused = { error: null, fields: {} };

/** Splits a refusal: fields that the form shows get their own words, all others are told together. */
export function refusedBy(error: unknown, shown: readonly string[]): Refused {
  const told = error instanceof RefusedError ? (error.refusal.problem?.errors ?? []) : [];
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, expected } of told) {
    if (shown.includes(field)) fields[field] = `Expected: ${expected}`;
    else rest.push(`${field}: ${expected}`);
  }
  if (told.length > 0 && rest.length === 0) return { error: null, fields };
  const { title, detail, requestId } = wordsOf(error);
  const what = detail === '' ? title : detail;
  const where = error instanceof RefusedError && error.refusal.status >= 500 ? ` Request ${requestId}.` : '';
  return { error: [what, ...rest].join(' ') + where, fields };
}

/** Runs `deed` when the form is submitted; `shown` are the fields that show their own errors. */
export function useForm(deed: () => Promise<unknown>, shown: readonly string[] = []): Form {
  const [refused, setRefused] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefused(NOTHING);
    deed()
      .catch((error: unknown) => setRefused(refusedBy(error, shown)))
      .finally(() => setBusy(false));
  };
  return { busy, ...refused, submit };
}
