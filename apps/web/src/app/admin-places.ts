/** Where administration lies, and for whom: of one company, and of the installation. */
import {
  Building2,
  Clock,
  Cpu,
  FileUp,
  Hourglass,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Rocket,
  SlidersHorizontal,
  TriangleAlert,
  UserCog,
  Users,
} from 'lucide-react';
import type { Powers } from './account.ts';
import type { Place } from './place.ts';

const inCompany = (
  label: string,
  path: string,
  icon: LucideIcon,
  words: string,
  more: Partial<Place> = {},
): Place => ({
  ...{ label, path: `/admin/${path}`, icon, words, ofCompany: true, group: 'company' },
  for: ({ isCompanyAdmin }: Powers) => isCompanyAdmin,
  ...more,
});

const ofAll = (
  label: string,
  path: string,
  icon: LucideIcon,
  words: string,
  more: Partial<Place> = {},
): Place => ({
  ...{ label, path: `/admin/${path}`, icon, words, ofCompany: false, group: 'installation' },
  for: ({ isGlobalAdmin }: Powers) => isGlobalAdmin,
  ...more,
});

export const ADMIN_PLACES: readonly Place[] = [
  inCompany('Sites and keys', 'sites', KeyRound, 'api key rotate'),
  inCompany('Agents', 'agents', Cpu, 'health download install winagent package'),
  inCompany('Imports', 'imports', FileUp, 'upload evtx csv files'),
  inCompany('Members', 'members', Users, 'roles mfa second factor'),
  inCompany('Working hours', 'working-hours', Clock, 'out of hours week'),
  inCompany('Retention', 'retention', Hourglass, 'delete keep days', {
    for: ({ isCompanyAdmin, isAdmin }) => isCompanyAdmin || isAdmin,
  }),
  inCompany('Audit trail', 'audit', ListChecks, 'who did what'),
  { ...ofAll('First steps', '', Rocket, 'setup wizard begin'), path: '/setup' },
  ofAll('Companies', 'companies', Building2, 'tenants'),
  ofAll('Users', 'users', UserCog, 'accounts passwords', { for: ({ isAdmin }) => isAdmin }),
  ofAll('Settings', 'settings', SlidersHorizontal, 'registration domains password rules mfa log'),
  ofAll('Audit trail', 'audit', ListChecks, 'who did what sign-ins'),
  ofAll('Error log', 'errors', TriangleAlert, 'failures exceptions'),
];
