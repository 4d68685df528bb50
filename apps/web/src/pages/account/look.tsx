/** Theme, density, zone and single-key shortcuts: kept in this browser. */
import { browserZone, type Density, prefer, type Theme, usePreferences } from '../../data/preferences.ts';
import { Panel, Segments, Select, Stack, SwitchField } from '../../ui/index.ts';
import styles from './account.module.css';
import { TEXT } from './text.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const BROWSER = 'browser';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const DENSITIES: readonly { value: Density; label: string }[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
];

export function LookPanel() {
  const { theme, density, zone, singleKeys } = usePreferences();
  const zones = ['UTC', ...ZONES.filter((name) => name !== 'UTC')];
  return (
    <Panel title={TEXT.look}>
      <Stack narrow>
        <div className="muted">{TEXT.lookAbout}</div>
        <div>
          <div className={styles.label}>Theme</div>
          <Segments
            label="Theme"
            value={theme}
            choices={THEMES}
            onChange={(next) => prefer({ theme: next })}
          />
        </div>
        <div>
          <div className={styles.label}>Density of tables</div>
          <Segments
            label="Density of tables"
            value={density}
            choices={DENSITIES}
            onChange={(next) => prefer({ density: next })}
          />
        </div>
        <Select
          label="Time zone"
          hint="Days are cut by it and times are shown in it, unless an address says otherwise."
          search
          value={zone ?? BROWSER}
          choices={[
            { value: BROWSER, label: `As this browser (${browserZone()})` },
            ...zones.map((value) => ({ value, label: value })),
          ]}
          onChange={(next) => prefer({ zone: next === BROWSER ? null : next })}
        />
        <SwitchField
          label="Single letters as shortcuts"
          hint="Switch this off if you dictate, or press keys by accident. Keys with Ctrl or ⌘ stay."
          value={singleKeys}
          onChange={(next) => prefer({ singleKeys: next })}
        />
      </Stack>
    </Panel>
  );
}
