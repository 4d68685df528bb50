/** What cells of the known layouts mean: absent values, logon IDs, logon types by name. */

/** Null where the format writes that there is nothing: an empty cell, `-`, `N/A`. */
export function present(cell: string | undefined): string | null {
  if (cell === undefined || cell === '') return null;
  return cell.length <= 3 && (cell === '-' || cell === 'N/A' || cell === 'n/a') ? null : cell;
}

/** Lower-case hex without leading zeros; null for none (`0x0`) and for what is no number. */
export function logonIdOf(cell: string | undefined): string | null {
  if (cell === undefined || cell.length < 3 || cell.length > 18) return null;
  const match = /^0x0*([1-9a-f][0-9a-f]*)$/i.exec(cell);
  return match === null ? null : `0x${match[1]!.toLowerCase()}`;
}

const LOGON_TYPES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    interactive: 2,
    network: 3,
    batch: 4,
    service: 5,
    unlock: 7,
    networkcleartext: 8,
    newcredentials: 9,
    remoteinteractive: 10,
    cachedinteractive: 11,
    cachedremoteinteractive: 12,
    cachedunlock: 13,
  }),
);

/** `Interactive` → 2, `Unknown (13)` → 13, `7` → 7; null for anything else. */
export function logonTypeOf(cell: string | undefined): number | null {
  if (present(cell) === null || cell === undefined) return null;
  const named = LOGON_TYPES.get(cell) ?? LOGON_TYPES.get(cell.toLowerCase());
  if (named !== undefined) return named;
  const match = /^(?:Unknown \()?(\d{1,3})\)?$/i.exec(cell);
  return match === null ? null : Number(match[1]);
}

/** A SID, but not the null SID that failed logons carry. */
export function sidOf(cell: string | null): string | null {
  return cell?.startsWith('S-1-') && cell !== 'S-1-0-0' ? cell : null;
}

/** An event ID as a whole number; null where it is none. */
export function eventIdOf(cell: string | undefined): number | null {
  return cell !== undefined && /^\d{1,5}$/.test(cell) ? Number(cell) : null;
}
