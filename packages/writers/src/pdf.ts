/** PDF through pdfmake, for printing and filing: title, note, table, page numbers. Not for large data. */
/// <reference path="./pdfmake.d.ts" />
import type { PdfDefinition, PdfTable, PdfText } from 'pdfmake';
import { wallClock } from './local-time.ts';
import { pdfCoversText, pdfText } from './pdf-coverage.ts';
import {
  CELL_PADDING_POINTS,
  charactersPerLine,
  PAGE_MARGIN_POINTS,
  type PdfLayout,
  pdfLayout,
} from './pdf-layout.ts';
import { peopleCell, unitForms } from './units.ts';
import { visible } from './visible.ts';
import type { ByteSink, Table, Writer } from './writer.ts';

/** Nobody reads more pages than these make. */
export const PDF_ROWS_MAX = 20_000;
/** pdfmake lays out the whole document in memory, at about 6 kB a cell; these are some 600 MB in all and five seconds. */
export const PDF_CELLS_MAX = 60_000;
/** A cell longer than this is cut, visibly: it would fill pages. */
const CELL_CHARACTERS_MAX = 300;
/** pdfmake takes for ever over a word that is longer than some pages. */
const NOTE_CHARACTERS_MAX = 2_000;
/** Words longer than this may be broken anywhere; no paper has more room in a line at the size of titles. */
const WORD_CHARACTERS_MAX = 50;
const TITLE_POINTS = 14;
const NOTE_POINTS = 8;
const GREY = '#555555';
const FONT_FILES = { normal: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf' } as const;

/** Cells as people read them, as many as the limits allow, and what did not make it onto paper. */
export interface PdfRows {
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** Rows beyond the limits. */
  readonly leftOut: number;
  /** True if some character had to be replaced. */
  readonly replaced: boolean;
}

function shownText(text: string, charactersMax = CELL_CHARACTERS_MAX): string {
  // Control pictures are outside Roboto, so obeyed characters end as the replacement character there.
  const shown = pdfText(visible(text.slice(0, charactersMax + 1)));
  return text.length <= charactersMax ? shown : `${shown.slice(0, charactersMax)}…`;
}

/** Lets words that do not fit into a line be broken; without it they would run over what is beside them. */
function breakable(text: string, charactersPerLineMax: number): Pick<PdfText, 'wordBreak'> {
  return text.split(' ').some((word) => word.length > charactersPerLineMax) ? { wordBreak: 'break-all' } : {};
}

/** Reads all rows, keeps those that are printed. */
export function pdfRows({ columns, rows, timezone = 'UTC' }: Table): PdfRows {
  const clock = wallClock(timezone);
  const fields = Object.entries(columns).map(([key, column]) => ({ key, forms: unitForms(column) }));
  const rowsMax = Math.min(PDF_ROWS_MAX, Math.floor(PDF_CELLS_MAX / Math.max(1, fields.length)));
  const cells: string[][] = [];
  let leftOut = 0;
  let replaced = false;
  for (const row of rows) {
    if (cells.length >= rowsMax) {
      leftOut += 1;
      continue;
    }
    const texts = fields.map(({ key, forms }) => peopleCell(row[key], forms, clock));
    replaced ||= texts.some((text) => !pdfCoversText(text));
    cells.push(texts.map((text) => shownText(text)));
  }
  return {
    titles: Object.values(columns).map((column) => shownText(column.title)),
    cells,
    leftOut,
    replaced,
  };
}

function layoutOf(table: Table, { titles, cells }: PdfRows): PdfLayout {
  return pdfLayout(
    Object.values(table.columns).map((column, index) => {
      // Titles are bold, which takes a little more room.
      const longestWord = 1 + Math.max(...titles[index]!.split(' ').map((word) => word.length));
      return {
        characters: cells.reduce((most, row) => Math.max(most, row[index]!.length), longestWord),
        fixed: unitForms(column).numeric || column.unit === 'instant' || column.unit === 'day',
      };
    }),
  );
}

/** The words above the table: the method, the zone, and what is missing. */
function introduction(table: Table, { leftOut, replaced, cells }: PdfRows): PdfText[] {
  const hasInstants = Object.values(table.columns).some((column) => column.unit === 'instant');
  const sentences = [
    ...(table.note === undefined ? [] : table.note.split('\n')),
    ...(hasInstants ? [`Times in ${table.timezone ?? 'UTC'}.`] : []),
    ...(leftOut > 0
      ? [
          `Only the first ${cells.length.toLocaleString('en-US')} rows are printed here; ` +
            `${leftOut.toLocaleString('en-US')} more are left out. Take CSV, XLSX or Parquet for all of them.`,
        ]
      : []),
    ...(replaced
      ? ['Characters other than Latin, Greek and Cyrillic are printed as �; the other formats hold them.']
      : []),
    ...(cells.length === 0 ? ['No rows.'] : []),
  ];
  const paragraph = (text: string): PdfText => ({ text, ...breakable(text, WORD_CHARACTERS_MAX) });
  return [
    { ...paragraph(shownText(table.title)), bold: true, fontSize: TITLE_POINTS, margin: [0, 0, 0, 4] },
    ...sentences.map((text): PdfText => {
      const shown = paragraph(shownText(text, NOTE_CHARACTERS_MAX));
      return { ...shown, fontSize: NOTE_POINTS, color: GREY, margin: [0, 0, 0, 2] };
    }),
  ];
}

function tableBody(table: Table, { titles, cells }: PdfRows, layout: PdfLayout): PdfText[][] {
  const limits = layout.widthsPoints.map((width) => charactersPerLine(width, layout.fontSizePoints));
  const alignments = Object.values(table.columns).map((column) =>
    unitForms(column).numeric ? ('right' as const) : ('left' as const),
  );
  const cellOf = (text: string, index: number): PdfText => {
    return { text, alignment: alignments[index]!, ...breakable(text, limits[index]!) };
  };
  return [
    titles.map((title, index) => ({ ...cellOf(title, index), bold: true })),
    ...cells.map((row) => row.map(cellOf)),
  ];
}

const TABLE_LAYOUT = {
  hLineWidth: (line: number) => (line === 0 ? 0 : line === 1 ? 0.8 : 0.25),
  vLineWidth: () => 0,
  hLineColor: (line: number) => (line === 1 ? '#000000' : '#cccccc'),
  paddingLeft: () => CELL_PADDING_POINTS,
  paddingRight: () => CELL_PADDING_POINTS,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

function pdfTable({ widthsPoints }: PdfLayout, body: PdfText[][]): PdfTable {
  return {
    margin: [0, 6, 0, 0],
    table: { headerRows: 1, dontBreakRows: true, widths: widthsPoints, body },
    layout: TABLE_LAYOUT,
  };
}

function definition(table: Table): PdfDefinition {
  const rows = pdfRows(table);
  const layout = layoutOf(table, rows);
  const hasTable = rows.titles.length > 0 && rows.cells.length > 0;
  return {
    // A fixed date, so that the same table gives the same bytes; when it was printed is for the note to say.
    info: {
      title: shownText(table.title),
      creator: 'Logonscope',
      producer: 'Logonscope',
      creationDate: new Date(0),
    },
    pageSize: layout.pageSize,
    pageOrientation: layout.pageOrientation,
    pageMargins: [PAGE_MARGIN_POINTS, PAGE_MARGIN_POINTS, PAGE_MARGIN_POINTS, PAGE_MARGIN_POINTS + 8],
    defaultStyle: { font: 'Roboto', fontSize: layout.fontSizePoints },
    content: [
      ...introduction(table, rows),
      ...(hasTable ? [pdfTable(layout, tableBody(table, rows, layout))] : []),
    ],
    footer: (page, pages) => ({
      text: `${page} / ${pages}`,
      alignment: 'right',
      fontSize: NOTE_POINTS,
      color: GREY,
      margin: [0, 8, PAGE_MARGIN_POINTS, 0],
    }),
  };
}

/** pdfmake with its own Roboto in memory, and with no way to reach files or the network. */
async function loadPdfmake() {
  const { default: pdfmake } = await import('pdfmake');
  const { default: fonts } = await import('pdfmake/build/vfs_fonts.js');
  for (const file of Object.values(FONT_FILES)) {
    pdfmake.virtualfs.writeFileSync(
      file,
      Uint8Array.from(atob(fonts[file]!), (byte) => byte.charCodeAt(0)),
    );
  }
  pdfmake.setFonts({ Roboto: FONT_FILES });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy?.(() => false);
  return pdfmake;
}

async function write(table: Table, sink: ByteSink): Promise<void> {
  const pdfmake = await loadPdfmake();
  await sink(await pdfmake.createPdf(definition(table)).getBuffer());
}

export const pdfWriter: Writer = {
  id: 'pdf',
  label: 'PDF',
  extension: '.pdf',
  mediaType: 'application/pdf',
  text: false,
  narrow: true,
  write,
};
