/** Text in the encodings that Windows programs leave behind. */

export const ENCODINGS = ['ascii', 'utf-8', 'utf-8-bom', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** `ascii` replaces other letters by `?`, as Windows PowerShell does; UTF-16 starts with its mark. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'ascii':
      return Uint8Array.from(text, (char) => (char.codePointAt(0)! < 128 ? char.charCodeAt(0) : 63));
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-8-bom':
      return new TextEncoder().encode(`\ufeff${text}`);
    case 'utf-16le':
      return new Uint8Array(Uint16Array.from(`\ufeff${text}`.split(''), (unit) => unit.charCodeAt(0)).buffer);
  }
}
