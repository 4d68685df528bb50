/** Chips to filter text: what `parseFilter` reads back as the same chips. */
import type { Filter, FilterChip } from './chip.ts';
import { isBareValue, isBareWord } from './terms.ts';

/** The text of a filter; neighbours that differ only in their value share one key. */
export function printFilter({ chips }: Filter): string {
  let text = '';
  let before: FilterChip | null = null;
  for (const chip of chips) {
    const shares = before !== null && chip.key !== 'text' && isAlike(before, chip);
    text += shares ? `,${valueText(chip)}` : `${text === '' ? '' : ' '}${termText(chip)}`;
    before = chip;
  }
  return text;
}

function isAlike(one: FilterChip, other: FilterChip): boolean {
  return one.key === other.key && one.negated === other.negated && one.paused === other.paused;
}

function termText(chip: FilterChip): string {
  const signs = `${chip.paused ? '~' : ''}${chip.negated ? '-' : ''}`;
  if (chip.key !== 'text') return `${signs}${chip.key}:${valueText(chip)}`;
  return `${signs}${isBareWord(chip.value) ? chip.value : quoted(chip.value)}`;
}

function valueText({ op, value }: FilterChip): string {
  return `${op === '=' ? '' : op}${isBareValue(value) ? value : quoted(value)}`;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
