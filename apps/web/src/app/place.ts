/** A place that the navigation leads to. */
import type { LucideIcon } from 'lucide-react';
import type { Powers } from './account.ts';

export interface Place {
  readonly label: string;
  /** Below `/c/:company` where it is about a company. */
  readonly path: string;
  readonly ofCompany: boolean;
  readonly icon: LucideIcon;
  /** Among the few of a phone's bottom bar. */
  readonly onPhone?: boolean;
  readonly group: 'look' | 'company' | 'installation';
  readonly for?: (powers: Powers) => boolean;
  /** Other words people search it by. */
  readonly words?: string;
}
