/** The part of pdfmake 0.3 that the PDF writer uses; the package ships no types. */
declare module 'pdfmake' {
  export interface PdfText {
    readonly text: string;
    readonly bold?: boolean;
    readonly fontSize?: number;
    readonly color?: string;
    readonly alignment?: 'left' | 'right' | 'center';
    readonly margin?: readonly [number, number, number, number];
    readonly wordBreak?: 'break-all';
    readonly lineHeight?: number;
  }
  export interface PdfTable {
    readonly table: {
      readonly headerRows: number;
      readonly dontBreakRows: boolean;
      readonly widths: readonly number[];
      readonly body: readonly (readonly PdfText[])[];
    };
    readonly layout: unknown;
    readonly margin?: readonly [number, number, number, number];
  }
  export interface PdfDefinition {
    readonly info: Readonly<Record<string, unknown>>;
    readonly pageSize: string;
    readonly pageOrientation: 'portrait' | 'landscape';
    readonly pageMargins: readonly [number, number, number, number];
    readonly defaultStyle: { readonly font: string; readonly fontSize: number };
    readonly content: readonly (PdfText | PdfTable)[];
    readonly footer: (page: number, pages: number) => PdfText;
  }
  const pdfmake: {
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy?(allows: (path: string) => boolean): void;
    createPdf(definition: PdfDefinition): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}

declare module 'pdfmake/build/vfs_fonts.js' {
  /** File name to font file in base64. */
  const fonts: Readonly<Record<string, string>>;
  export default fonts;
}
