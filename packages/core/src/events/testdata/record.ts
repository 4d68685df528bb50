/** Records of Windows events written down as literals, for tests. */
import type { SessionEvent } from '../../model.ts';
import type { WindowsRecord } from '../../record.ts';

/** An event as Windows writes it, and what must come out of it. */
export interface EventCase {
  readonly says: string;
  readonly provider: string;
  readonly id: number;
  readonly channel?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Attributes that must have these values; all others must be null, apart from where and when. */
  readonly gives: Partial<SessionEvent>;
}

export const AT = Date.UTC(2025, 10, 3, 8, 58, 2, 125);
export const ALICE = 'S-1-5-21-1004336348-1177238915-682003330-1104';

/** The parts of a record that a test may name. */
type Parts = Partial<Omit<WindowsRecord, 'kind' | 'field'>> & {
  readonly fields?: Readonly<Record<string, string>>;
};

export function windowsRecord({ fields = {}, ...parts }: Parts): WindowsRecord {
  return {
    kind: 'windows',
    time: AT,
    provider: null,
    channel: null,
    eventId: null,
    recordId: 17,
    computer: 'PC-0012.corp.example',
    source: { file: 'Security.evtx', record: 17 },
    ...parts,
    field: (name) => (Object.hasOwn(fields, name) ? fields[name]! : null),
  };
}

/** A Security event of PC-0012. */
export function securityRecord(eventId: number, fields: Readonly<Record<string, string>>, parts: Parts = {}) {
  return windowsRecord({
    provider: 'Microsoft-Windows-Security-Auditing',
    channel: 'Security',
    eventId,
    fields,
    ...parts,
  });
}
