/** Links from page to page that keep range and zone: people, computers, sessions, and lists already filtered. */
import { accountKey } from '@logonscope/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Search, useCompanyId, useSearchTexts } from '../app/view.ts';
import { accountName, shownName } from './words/names.ts';

/** Range and zone of the address; a page's own filter stays behind. */
export function useCarried(): Search {
  const { range, tz } = useSearchTexts();
  return { ...(range === undefined ? {} : { range }), ...(tz === undefined ? {} : { tz }) };
}

/** The address of a page of this company, `usePagePath()('sessions')`. */
export function usePagePath(): (page: string) => string {
  const companyId = useCompanyId();
  return (page) => `/c/${companyId ?? 0}${page === '' ? '' : `/${page}`}`;
}

export interface PageLinkProps {
  /** Below the company: `sessions`, `people/S-1-5-…`. */
  readonly page: string;
  readonly search?: Search;
  readonly children: ReactNode;
  readonly title?: string | undefined;
  readonly className?: string | undefined;
}

export function PageLink({ page, search = {}, children, ...rest }: PageLinkProps) {
  const path = usePagePath();
  const carried = useCarried();
  const { title, className } = rest;
  return (
    <Link
      to={path(page)}
      search={{ ...carried, ...search } as never}
      {...(title === undefined ? {} : { title })}
      {...(className === undefined ? {} : { className })}
      onClick={(event) => event.stopPropagation()}
    >
      {children}
    </Link>
  );
}

export interface AccountOnPage {
  readonly user: string | null;
  readonly domain: string | null;
  readonly sid: string | null;
}

/** A person by the account's name; plain text where the log names nobody. */
export function PersonLink({ account, full = false }: { account: AccountOnPage; full?: boolean }) {
  const name = accountName(account);
  const shown = full ? name : (account.user ?? '–');
  if (account.user === null || account.user === '') return <span className="muted">–</span>;
  return (
    <PageLink
      page={`people/${encodeURIComponent(accountKey(account).slice(0, 255))}`}
      title={name.slice(0, 1_000)}
    >
      <bdi>{shownName(shown)}</bdi>
    </PageLink>
  );
}

export function ComputerLink({ name }: { name: string }) {
  return (
    <PageLink page={`computers/${encodeURIComponent(name.slice(0, 255))}`} title={name.slice(0, 1_000)}>
      <bdi>{shownName(name)}</bdi>
    </PageLink>
  );
}
