/** `/`: leads to the company looked at last, else to the first one; says what to do where there is none. */
import { listCompanies } from '@logonscope/protocol';
import { useAsk } from '../data/ask.ts';
import { usePreferences } from '../data/preferences.ts';
import { Answer, EmptyState } from '../ui/index.ts';
import { Redirect } from './redirect.tsx';

export function Home() {
  const companies = useAsk(listCompanies, {});
  const last = usePreferences(({ companyId }) => companyId);
  return (
    <Answer of={companies}>
      {({ rows }) => {
        const target = rows.find(({ id }) => id === last) ?? rows[0];
        if (target !== undefined) return <Redirect to={`/c/${target.id}`} />;
        return (
          <EmptyState title="You belong to no company yet">
            An administrator adds you to one; then its computers and people appear here.
          </EmptyState>
        );
      }}
    </Answer>
  );
}
