/** The bar on top: company, range and zone, search, live indicator, look, account. */
import { listCompanies, logout } from '@logonscope/protocol';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import {
  Building2,
  CircleUserRound,
  HelpCircle,
  LogOut,
  Monitor,
  Moon,
  Search,
  Settings2,
  Sun,
} from 'lucide-react';
import { useAsk } from '../data/ask.ts';
import { useLive, useLiveState } from '../data/live.ts';
import { prefer, usePreferences } from '../data/preferences.ts';
import { useSource } from '../data/source.ts';
import { rememberToken } from '../data/visit.ts';
import { Button, IconButton, Keys, Menu } from '../ui/index.ts';
import { useAccount } from './account.ts';
import { RangePicker } from './range-picker.tsx';
import styles from './top-bar.module.css';
import { useCompanyId } from './view.ts';

const LIVE_WORDS = {
  off: 'Not live',
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Live paused, reconnecting…',
} as const;

function CompanySwitch({ companyId }: { companyId: number | null }) {
  const navigate = useNavigate();
  const rows = useAsk(listCompanies, {}, { freshMs: 60_000 }).data?.rows ?? [];
  if (companyId === null || rows.length === 0) return null;
  if (rows.length === 1) return <strong className={styles.company}>{rows[0]!.name}</strong>;
  const follow = (id: number) => {
    const [, , , page = ''] = location.pathname.split('/');
    // Things of one company mean nothing in another: the kind of page goes along, not the thing.
    const kept = location.pathname.startsWith('/c/') && page !== '' ? `/${page}` : '';
    void navigate({ href: `/c/${id}${kept}` });
  };
  return (
    <Menu
      trigger={
        <Button icon={<Building2 size={16} aria-hidden />}>
          {rows.find(({ id }) => id === companyId)?.name ?? 'Company'}
        </Button>
      }
      items={rows.map(({ id, name }) => ({
        label: name,
        checked: id === companyId,
        onClick: () => follow(id),
      }))}
    />
  );
}

/** Also what keeps the stream open while any page of a company is. */
function LiveMark({ companyId }: { companyId: number | null }) {
  useLive(companyId, {});
  const { state } = useLiveState();
  if (companyId === null) return null;
  return (
    <span className={styles.live} data-state={state} role="status">
      <span aria-hidden className={styles.dot} />
      <span className={styles.liveWord}>{LIVE_WORDS[state]}</span>
    </span>
  );
}

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const;
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

function ThemeSwitch() {
  const theme = usePreferences((preferences) => preferences.theme);
  const Icon = THEME_ICONS[theme];
  return (
    <IconButton label={`Theme: ${theme}. Change`} onClick={() => prefer({ theme: NEXT_THEME[theme] })}>
      <Icon size={18} aria-hidden />
    </IconButton>
  );
}

function AccountMenu() {
  const account = useAccount();
  const source = useSource();
  const navigate = useNavigate();
  const leave = async () => {
    await source.ask(logout, {});
    rememberToken(null);
    // A new page load forgets everything that was asked on behalf of this person.
    location.assign('/login');
  };
  return (
    <Menu
      trigger={
        <IconButton label={`Account of ${account?.username ?? 'nobody'}`}>
          <CircleUserRound size={20} aria-hidden />
        </IconButton>
      }
      items={[
        {
          label: 'My account',
          icon: <Settings2 size={16} aria-hidden />,
          onClick: () => void navigate({ to: '/account' }),
        },
        {
          label: 'Help',
          icon: <HelpCircle size={16} aria-hidden />,
          onClick: () => void navigate({ to: '/help' }),
        },
        null,
        { label: 'Sign out', icon: <LogOut size={16} aria-hidden />, onClick: () => void leave() },
      ]}
    />
  );
}

/** Files have neither news nor accounts; what was read of them is on their own page. */
function FilesMark() {
  return (
    <Link to="/" className={styles.company}>
      Files in this browser
    </Link>
  );
}

export function TopBar({ companyId, onSearch }: { companyId: number | null; onSearch: () => void }) {
  const { pathname } = useLocation();
  const isLocal = useSource().kind === 'local';
  // Administration is about what holds, not about a stretch of time.
  const hasRange = useCompanyId() !== null && !/^\/c\/\d+\/admin\//.test(pathname);
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.logo} aria-label="Logonscope, start page">
        <img src="/icon.svg" alt="" width={26} height={26} />
        <span>Logonscope</span>
      </Link>
      {isLocal ? <FilesMark /> : <CompanySwitch companyId={companyId} />}
      {hasRange ? <RangePicker /> : null}
      <span className={styles.gap} />
      <button type="button" className={styles.search} onClick={onSearch}>
        <Search size={16} aria-hidden />
        <span>Search</span>
        <Keys>Ctrl+K</Keys>
      </button>
      {isLocal ? null : <LiveMark companyId={companyId} />}
      <ThemeSwitch />
      {isLocal ? null : <AccountMenu />}
    </header>
  );
}
