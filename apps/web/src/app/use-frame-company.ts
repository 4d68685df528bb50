/** The company that the frame is about: of the address, else the one looked at last. */
import { listCompanies } from '@logonscope/protocol';
import { useAsk } from '../data/ask.ts';
import { usePreferences } from '../data/preferences.ts';
import { useCompanyId } from './view.ts';

export function useFrameCompany(): number | null {
  const ofAddress = useCompanyId();
  const last = usePreferences(({ companyId }) => companyId);
  const rows = useAsk(listCompanies, {}, { freshMs: 60_000 }).data?.rows ?? [];
  if (ofAddress !== null) return ofAddress;
  return (rows.find(({ id }) => id === last) ?? rows[0])?.id ?? null;
}
