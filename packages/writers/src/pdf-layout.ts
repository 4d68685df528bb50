/** Chooses paper, type size and column widths of a PDF table, so that numbers stay whole and text has the rest. */

export interface PdfColumn {
  /** Longest cell in characters, titles counted by their longest word. */
  readonly characters: number;
  /** May not be broken over lines: numbers and times. */
  readonly fixed: boolean;
}

export interface PdfLayout {
  readonly pageSize: 'A4' | 'A3';
  readonly pageOrientation: 'portrait' | 'landscape';
  readonly fontSizePoints: number;
  /** Width of each column's text, without padding. */
  readonly widthsPoints: readonly number[];
}

export const PAGE_MARGIN_POINTS = 28;
export const CELL_PADDING_POINTS = 3;

/** In order of preference; points wide. */
const PAPERS = [
  { pageSize: 'A4', pageOrientation: 'portrait', widthPoints: 595 },
  { pageSize: 'A4', pageOrientation: 'landscape', widthPoints: 842 },
  { pageSize: 'A3', pageOrientation: 'landscape', widthPoints: 1190 },
] as const;
const FONT_SIZE_MAX = 9;
/** Below this the next larger paper is taken. */
const FONT_SIZE_READABLE = 6.5;
const FONT_SIZE_MIN = 4.5;
/** Mean width of a character of Roboto, as a share of the type size; digits are 0.56. */
const CHARACTER_WIDTH = 0.57;
/** Text longer than this goes over several lines. */
const TEXT_CHARACTERS_MAX = 28;
const TEXT_CHARACTERS_MIN = 8;

/** The smallest paper on which the table can be read; on none, the largest with text columns squeezed. */
export function pdfLayout(columns: readonly PdfColumn[]): PdfLayout {
  const wanted = columns.map(({ characters, fixed }) =>
    Math.max(3, fixed ? characters : Math.min(characters, TEXT_CHARACTERS_MAX)),
  );
  const paper =
    PAPERS.find((each) => fontSize(each.widthPoints, wanted) >= FONT_SIZE_READABLE) ?? PAPERS.at(-1)!;
  const squeezed =
    fontSize(paper.widthPoints, wanted) >= FONT_SIZE_READABLE
      ? wanted
      : wanted.map((characters, index) =>
          columns[index]!.fixed ? characters : Math.min(characters, TEXT_CHARACTERS_MIN),
        );
  const size = Math.min(FONT_SIZE_MAX, Math.max(FONT_SIZE_MIN, fontSize(paper.widthPoints, squeezed)));
  return {
    pageSize: paper.pageSize,
    pageOrientation: paper.pageOrientation,
    fontSizePoints: Math.round(size * 10) / 10,
    widthsPoints: widths(squeezed, columns, room(paper.widthPoints, columns.length), size),
  };
}

/** Characters that fit into one line of a column. */
export function charactersPerLine(widthPoints: number, fontSizePoints: number): number {
  // Widths are rounded down to a tenth of a point; that must not cost a character.
  return Math.max(1, Math.floor(widthPoints / (fontSizePoints * CHARACTER_WIDTH) + 0.2));
}

const room = (widthPoints: number, columnCount: number) =>
  widthPoints - 2 * PAGE_MARGIN_POINTS - columnCount * 2 * CELL_PADDING_POINTS;

function fontSize(widthPoints: number, characters: readonly number[]): number {
  return room(widthPoints, characters.length) / (sum(characters) * CHARACTER_WIDTH);
}

/** Words of many wide letters (`unknown`) need a little more than their count of average ones. */
const WIDE_LETTERS = 0.8;

/** Every column gets its characters; what is left goes to the text columns, else the table stays narrow. */
function widths(
  characters: readonly number[],
  columns: readonly PdfColumn[],
  roomPoints: number,
  sizePoints: number,
): number[] {
  const needed = characters.map((count) => (count + WIDE_LETTERS) * sizePoints * CHARACTER_WIDTH);
  const scale = Math.min(1, roomPoints / sum(needed));
  const spare = Math.max(0, roomPoints - sum(needed));
  const hungry = columns.map((column, index) =>
    column.fixed ? 0 : Math.max(0, column.characters - characters[index]!),
  );
  const hunger = sum(hungry);
  return needed.map((points, index) => {
    const share = hunger === 0 ? 0 : (spare * hungry[index]!) / hunger;
    const most = hungry[index]! * sizePoints * CHARACTER_WIDTH;
    return Math.floor((points * scale + Math.min(share, most)) * 10) / 10;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
