/** Lengths of time and counts as people read them; every figure of a page is written here. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** From here on minutes only disturb. */
const WHOLE_HOURS_MS = 100 * HOUR_MS;

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `1,284`. */
export function count(value: number): string {
  return GROUPED.format(value);
}

/** `1 session`, `1,284 sessions`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `42s`, `7m`, `7h 10m`, `4,912h`: short, and never rounded up to what was not there. */
export function lengthText(ms: number): string {
  if (!Number.isFinite(ms)) return '';
  const sign = ms < 0 ? '−' : '';
  const all = Math.abs(ms);
  if (all < SECOND_MS) return all === 0 ? '0' : `${sign}<1s`;
  if (all < MINUTE_MS) return `${sign}${Math.floor(all / SECOND_MS)}s`;
  const hours = Math.floor(all / HOUR_MS);
  const minutes = Math.floor((all % HOUR_MS) / MINUTE_MS);
  if (hours === 0) return `${sign}${minutes}m`;
  if (all >= WHOLE_HOURS_MS) return `${sign}${count(hours)}h`;
  return `${sign}${hours}h ${String(minutes).padStart(2, '0')}m`;
}

/** `7:29:01`, with thousandths where there are any: what adds up to the last digit. */
export function exactLength(ms: number): string {
  const all = Math.abs(Math.round(ms));
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = all % SECOND_MS;
  const hours = Math.floor(all / HOUR_MS);
  const text = `${hours}:${two((all % HOUR_MS) / MINUTE_MS)}:${two((all % MINUTE_MS) / SECOND_MS)}`;
  return `${ms < 0 ? '−' : ''}${text}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`;
}

/** `7 hours 10 minutes`: for those who hear it. */
export function spokenLength(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  if (hours === 0 && minutes === 0) return counted(Math.floor(ms / SECOND_MS), 'second');
  return [
    ...(hours > 0 ? [counted(hours, 'hour')] : []),
    ...(minutes > 0 ? [counted(minutes, 'minute')] : []),
  ].join(' ');
}

/** How far the evidence leaves a figure open: `+0h 45m` above, `−12m` below; empty where it is certain. */
export function doubtText(value: {
  readonly ms: number;
  readonly leastMs: number;
  readonly mostMs: number;
}): string {
  const above = Math.max(0, value.mostMs - value.ms);
  const below = Math.max(0, value.ms - value.leastMs);
  return [
    ...(above >= SECOND_MS ? [`+${lengthText(above)}`] : []),
    ...(below >= SECOND_MS ? [`−${lengthText(below)}`] : []),
  ].join(' ');
}

/** `12.5%`, `100%`. */
export function shareText(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%` : '';
}
