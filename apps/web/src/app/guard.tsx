/** A page for some roles only: others read which role is missing, and ask nobody's data for nothing. */
import type { ReactNode } from 'react';
import { DeniedState, PageHeader } from '../ui/index.ts';

interface GuardProps {
  readonly title: string;
  readonly allowed: boolean;
  /** The role as people call it, `company administrator`. */
  readonly needs: string;
  readonly children: ReactNode;
}

export function Guard({ title, allowed, needs, children }: GuardProps) {
  if (allowed) return children;
  return (
    <>
      <PageHeader title={title} />
      <DeniedState needs={needs} />
    </>
  );
}
