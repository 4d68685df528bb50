/** Keyset cursors: the keys of a page's last row as opaque text. */

/** The keys that order a list: instants and numbers as numbers, names as text. */
export type CursorKeys = readonly (string | number | null)[];

const BASE64 = { '+': '-', '/': '_', '=': '' } as const;

/** Keys as text that is safe in an address. */
export function encodeCursor(keys: CursorKeys): string {
  const bytes = new TextEncoder().encode(JSON.stringify(keys));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => BASE64[c as keyof typeof BASE64]);
}

/** The keys of a cursor; null where the text is no cursor of `count` keys: it comes from the outside. */
export function decodeCursor(text: string, count: number): CursorKeys | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
    const keys: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const isKey = (key: unknown) => key === null || typeof key === 'string' || typeof key === 'number';
    return Array.isArray(keys) && keys.length === count && keys.every(isKey) ? keys : null;
  } catch {
    return null;
  }
}
