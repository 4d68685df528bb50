/** What a generated page is, and the few words of Markdown that pages are made of. */

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  render(): string | Promise<string>;
}

/** First line of every generated Markdown page. */
export const generatedFrom = (what: string): string =>
  `<!-- Generated from ${what} by \`npm run docs\`; edit that instead. -->\n\n`;

/** A table; cells may hold Markdown, so names from outside go through `code` first. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

export const code = (text: string | number): string => `\`${text}\``;

export function sentences(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n\n`;
}

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
