/** The CSV that SessionSentry's Splunk query exports: ten columns, epoch seconds, no zone trouble. */
import { SECURITY } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import { collectedRows, firstField } from './collector-rows.ts';

const HEADER =
  'timestamp,type,username,domain,"logon_id","linked_logon_id",workstation,"ip_address","event_id","is_elevated"';

/** `iso` is what people get who format `_time` themselves. */
export function splunkCsv(records: Iterable<SimRecord>, times: 'epoch' | 'iso' = 'epoch'): string {
  const lines = collectedRows(records).map(({ record, word, user, domain }) =>
    [
      times === 'epoch' ? (record.time / 1000).toFixed(3) : new Date(record.time).toISOString(),
      word,
      user,
      domain,
      firstField(record, 'TargetLogonId', 'SubjectLogonId', 'LogonID'),
      firstField(record, 'TargetLinkedLogonId'),
      firstField(record, 'WorkstationName') || record.computer,
      firstField(record, 'IpAddress', 'ClientAddress'),
      String(record.layout.id),
      String(record.layout === SECURITY.privileges),
    ]
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(','),
  );
  return [HEADER, ...lines].map((line) => `${line}\n`).join('');
}
