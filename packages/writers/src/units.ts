/** What each unit of a column means in each kind of format; the one table that all writers read. */
import type { Cell, Column, Unit } from '@logonscope/core';
import { clockDuration, isoInstant } from './local-time.ts';

const MS_PER_SECOND = 1000;
const PERCENT = 100;

interface UnitForms {
  /** For programs: durations in seconds, instants in ISO 8601 UTC, anything else as it is. */
  readonly data: (value: number) => number | string | null;
  /** For people; `clock` writes instants in their zone. */
  readonly people: (value: number, clock: (instant: number) => string) => string;
  /** Set flush right and never cut short: half a number is a wrong number. */
  readonly numeric: boolean;
  /** Added to a column's title where the format does not say the unit otherwise. */
  readonly dataTitleSuffix: string;
}

const asIs = (value: number) => value;

const text: UnitForms = { data: asIs, people: String, numeric: false, dataTitleSuffix: '' };

const UNITS: Readonly<Record<Unit, UnitForms>> = {
  text,
  day: text,
  flag: text,
  count: { ...text, numeric: true },
  share: { ...text, numeric: true, people: (value) => `${(value * PERCENT).toFixed(1)} %` },
  duration: {
    data: (ms) => ms / MS_PER_SECOND,
    people: clockDuration,
    numeric: true,
    dataTitleSuffix: ' (s)',
  },
  instant: { data: isoInstant, people: (value, clock) => clock(value), numeric: false, dataTitleSuffix: '' },
};

export function unitForms(column: Column): UnitForms {
  return UNITS[column.unit ?? 'text'];
}

/** A cell for programs; no number that JSON cannot hold. */
export function dataCell(cell: Cell | undefined, forms: UnitForms): Cell {
  if (typeof cell !== 'number') return cell ?? null;
  return Number.isFinite(cell) ? forms.data(cell) : null;
}

/** A cell for people; empty where there is nothing to say. */
export function peopleCell(
  cell: Cell | undefined,
  forms: UnitForms,
  clock: (instant: number) => string,
): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? forms.people(cell, clock) : '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell;
}

/** Title for formats whose cells cannot carry a unit: `Use time (s)`. */
export function dataTitle(column: Column): string {
  return column.title + unitForms(column).dataTitleSuffix;
}

/** Name of a field for programs, with its unit: column `use` of durations becomes `useSeconds`. */
export function fieldName(key: string, column: Column, durationSuffix: 'Seconds' | 'Ms'): string {
  if (column.unit !== 'duration') return key;
  return key.replace(/(?:Seconds|Ms)$/, '') + durationSuffix;
}
