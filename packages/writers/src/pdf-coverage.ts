/** Which characters the PDF's font (Roboto, as pdfmake brings it) can draw. */

/**
 * Inclusive ranges, read from the font's own character map; a test compares. Scripts: Latin with all European
 * and Vietnamese letters, Greek, Cyrillic. Not Arabic, Hebrew, Thai, Devanagari, Chinese, Japanese, Korean, nor emoji.
 * Marks that only steer layout or reading direction are left out on purpose.
 */
const COVERED: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x18f, 0x18f],
  [0x192, 0x192],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x1f0, 0x1f0],
  [0x1fa, 0x1ff],
  [0x218, 0x21b],
  [0x237, 0x237],
  [0x259, 0x259],
  [0x2bc, 0x2bc],
  [0x2c6, 0x2c7],
  [0x2c9, 0x2c9],
  [0x2d8, 0x2dd],
  [0x300, 0x301],
  [0x303, 0x303],
  [0x309, 0x309],
  [0x30f, 0x30f],
  [0x323, 0x323],
  [0x384, 0x38a],
  [0x38c, 0x38c],
  [0x38e, 0x3a1],
  [0x3a3, 0x3ce],
  [0x400, 0x486],
  [0x488, 0x513],
  [0x1e3e, 0x1e3f],
  [0x1e80, 0x1e85],
  [0x1e9e, 0x1e9e],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2011],
  [0x2013, 0x2015],
  [0x2017, 0x201e],
  [0x2020, 0x2022],
  [0x2025, 0x2027],
  [0x2030, 0x2030],
  [0x2032, 0x2033],
  [0x2039, 0x203a],
  [0x203c, 0x203c],
  [0x2044, 0x2044],
  [0x20a6, 0x20ac],
  [0x20b9, 0x20ba],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2212, 0x2212],
  [0x2260, 0x2260],
  [0x2264, 0x2265],
  [0xfffd, 0xfffd],
];

const code = (value: number) => `\\u{${value.toString(16)}}`;
const CLASS = COVERED.map(([from, to]) => `${code(from)}-${code(to)}`).join('');
const ALL_COVERED = new RegExp(`^[${CLASS}]*$`, 'u');
const UNCOVERED = new RegExp(`[^${CLASS}]`, 'gu');
/** What stands for a character the font lacks; the font has it. */
const REPLACEMENT = '\ufffd';

/** True if the PDF can show every character of `text`; else advise the reader to take another format. */
export function pdfCoversText(text: string): boolean {
  return ALL_COVERED.test(text);
}

/** `text` with a visible `�` for each character that the PDF cannot show. */
export function pdfText(text: string): string {
  return pdfCoversText(text) ? text : text.normalize('NFC').replace(UNCOVERED, REPLACEMENT);
}

/** The ranges above, for the test that compares them with the font. */
export const PDF_COVERED_RANGES = COVERED;
