/** Simulated records as event XML, the way `wevtutil qe /f:xml` and Event Viewer write it. */
import { type FilledElement, filledEvent } from '../evtx/event-tree.ts';
import type { SimRecord } from '../record.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
  '\r': '&#xD;',
};

function escaped(text: string): string {
  return text.replace(/[&<>'"\r]/g, (char) => ESCAPES[char]!);
}

function elementXml({ name, attributes, children }: FilledElement): string {
  const start = name + attributes.map(([key, value]) => ` ${key}='${escaped(value)}'`).join('');
  if (children.length === 0) return name === 'Data' ? `<${start}></${name}>` : `<${start}/>`;
  return `<${start}>${children.map((child) => (typeof child === 'string' ? escaped(child) : elementXml(child))).join('')}</${name}>`;
}

/** One event on one line. */
export function eventXml(record: SimRecord): string {
  return elementXml(filledEvent(record));
}

/** `concatenated` is what wevtutil prints; `document` is Event Viewer's "save as XML". */
export function eventsXml(
  records: Iterable<SimRecord>,
  shape: 'concatenated' | 'document' = 'concatenated',
): string {
  const events = Array.from(records, eventXml);
  if (shape === 'concatenated') return `${events.join('\r\n')}\r\n`;
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>${events.join('')}</Events>`;
}
