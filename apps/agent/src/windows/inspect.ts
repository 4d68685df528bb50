/** What `diagnose` looks at in Windows itself: rights, logs, audit policy. */
import { auditAdvice } from '@logonscope/core';
import type { Finding } from '../system.ts';
import type { Api } from './api.ts';
import { auditPolicy } from './audit-policy.ts';
import { channelsOf } from './channels.ts';
import type { Pointer } from './koffi.ts';

const CHANNEL_PATH = 0x1;
const ALL_LOGS = ['security', 'system', 'terminal'];

export function inspect(api: Api): Finding[] {
  return [...logFindings(api), ...auditFindings(api)];
}

/** Whether each log can be read by whoever asks. */
function logFindings(api: Api): Finding[] {
  const names = new Set(channelsOf(ALL_LOGS).map(({ channel }) => channel));
  return [...names].map((channel) => {
    const results = api.eventLog.query(null, channel, '*', CHANNEL_PATH) as Pointer;
    const code = results ? 0 : api.lastError();
    if (results) api.eventLog.close(results);
    const what = `log "${channel}"`;
    if (code === 0) return { what, ok: true, told: 'can be read', remedy: null };
    const remedy =
      code === 5
        ? 'run this as administrator; the service itself runs as the system'
        : `wevtutil get-log "${channel}"`;
    return { what, ok: false, told: `cannot be read (error ${code})`, remedy };
  });
}

function auditFindings(api: Api): Finding[] {
  const policy = auditPolicy(api);
  if (policy === null) {
    const remedy = 'run this as administrator, or look with: auditpol /get /category:*';
    return [{ what: 'audit policy', ok: false, told: 'Windows does not tell it', remedy }];
  }
  return auditAdvice().map(({ subcategory, guid, neededFor, auditpol }) => {
    const audited = policy[guid] ?? 'none';
    const ok = audited === 'success' || audited === 'both';
    const told = ok ? `on (${audited})` : `off; needed for ${neededFor}`;
    return { what: `audit subcategory "${subcategory}"`, ok, told, remedy: ok ? null : auditpol };
  });
}
