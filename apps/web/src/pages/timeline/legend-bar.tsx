/** The legend: what colours, textures and shapes mean, each of which can be switched off; marks of all kinds of events. */
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  ALL_CLASSES,
  ALL_MARKERS,
  CLASSES,
  FIRST_LEGEND,
  type Legend,
  MARKER_KINDS,
  STATE_WORDS,
  type Timeline,
} from '../../timeline/index.ts';
import { Button } from '../../ui/index.ts';
import { MarkerIcon } from './marker-icon.tsx';
import styles from './timeline.module.css';
import { useNews } from './use-engine.ts';

/** Kinds that are always in reach; the others are behind a button. */
const FIRST_KINDS = 3;

export function LegendBar({ timeline }: { timeline: Timeline | null }) {
  const legend = useNews<Legend>(timeline, (engine, hear) => engine.news.on('legend', hear), FIRST_LEGEND);
  const [open, setOpen] = useState(false);
  const kinds = open ? MARKER_KINDS : MARKER_KINDS.slice(0, FIRST_KINDS);
  const toggle = (part: keyof Legend, bit: number) => () =>
    timeline?.setLegend({ [part]: legend[part] ^ (1 << bit) });
  return (
    <fieldset className={styles.legend}>
      <legend className="visually-hidden">Legend: what is shown</legend>
      {CLASSES.map((name, i) => (
        <Chip key={name} on={(legend.classes & (1 << i)) !== 0} onClick={toggle('classes', i)}>
          <span className={styles.swatch} data-state={name} aria-hidden />
          {STATE_WORDS[name]}
        </Chip>
      ))}
      <span className={styles.rule} aria-hidden />
      {kinds.map((kind, i) => (
        <Chip key={kind.signal} on={(legend.markers & (1 << i)) !== 0} onClick={toggle('markers', i)}>
          <MarkerIcon kind={kind} />
          {kind.word}
        </Chip>
      ))}
      <Button
        small
        look="quiet"
        aria-expanded={open}
        icon={<ChevronDown size={14} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Fewer' : `${MARKER_KINDS.length - FIRST_KINDS} more`}
      </Button>
      <Button
        small
        look="quiet"
        onClick={() => timeline?.setLegend({ classes: ALL_CLASSES, markers: ALL_MARKERS })}
      >
        All
      </Button>
      <Button
        small
        look="quiet"
        aria-label="None of the states and events"
        onClick={() => timeline?.setLegend({ classes: 0, markers: 0 })}
      >
        None
      </Button>
    </fieldset>
  );
}

function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  );
}
