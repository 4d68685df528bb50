/** Who is signed in, and what that person may do: the menu, the pages and the buttons ask here what to show. */
import { getAccount } from '@logonscope/protocol';
import { createContext, useContext } from 'react';
import { useAsk } from '../data/ask.ts';
import type { BodyOf } from '../data/source.ts';
import { useCompanyId } from './view.ts';

export type Account = BodyOf<typeof getAccount>;

/** The person of the page; null where files are looked at without signing in. */
export const AccountContext = createContext<Account | null>(null);

export const useAccount = (): Account | null => useContext(AccountContext);

/** The account as the server tells it: also for those whose session is not complete. */
export function useAccountAsked() {
  return useAsk(getAccount, {}, { freshMs: 60_000, forgetful: true });
}

/** What a person is at most, for the whole installation or in the company of the page. */
export interface Powers {
  readonly isGlobalAdmin: boolean;
  /** Looks after the people of the companies they belong to. */
  readonly isAdmin: boolean;
  /** Administers the company of the page. */
  readonly isCompanyAdmin: boolean;
  /** Administers some company. */
  readonly administersSome: boolean;
  /** Looks at files without an account: what only a server has is not shown. */
  readonly isLocal: boolean;
}

/** Powers in one company. The server decides anew with each request; this only says what is worth showing. */
export function powersOf(account: Account | null, companyId: number | null): Powers {
  const isGlobalAdmin = account?.role === 'GlobalAdmin';
  const administered = (account?.companies ?? []).filter(({ role }) => role === 'CompanyAdmin');
  return {
    isGlobalAdmin,
    isAdmin: isGlobalAdmin || account?.role === 'Admin',
    isCompanyAdmin: isGlobalAdmin || administered.some((one) => one.companyId === companyId),
    administersSome: isGlobalAdmin || administered.length > 0,
    isLocal: account === null,
  };
}

export function usePowers(): Powers {
  return powersOf(useAccount(), useCompanyId());
}
