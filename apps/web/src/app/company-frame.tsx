/** The pages of one company: checks that the address names one the person may see, and remembers it. */
import { listCompanies } from '@logonscope/protocol';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useAsk } from '../data/ask.ts';
import { prefer } from '../data/preferences.ts';
import { Skeleton } from '../ui/index.ts';
import { NotFound } from './not-found.tsx';
import { useCompanyId } from './view.ts';

export function CompanyFrame() {
  const companyId = useCompanyId();
  const companies = useAsk(listCompanies, {}, { freshMs: 60_000 });
  const known = companies.data?.rows.some(({ id }) => id === companyId);
  useEffect(() => {
    if (known) prefer({ companyId });
  }, [known, companyId]);
  if (companies.data === undefined && !companies.isError) return <Skeleton rows={10} />;
  if (!known && !companies.isError) return <NotFound />;
  return <Outlet />;
}
