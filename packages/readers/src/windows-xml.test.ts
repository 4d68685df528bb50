/** Event XML as its tools write it, whole and damaged. */
import { describe, expect, test } from 'vitest';
import { readText } from './testing.ts';
import { windowsXml } from './windows-xml.ts';

const event = (id: number, record: number, data = "<Data Name='TargetUserName'>ana</Data>") =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P'/>` +
  `<EventID Qualifiers='16384'>${id}</EventID><TimeCreated SystemTime='2025-11-03T08:58:02.1239999Z'/>` +
  `<EventRecordID>${record}</EventRecordID><Channel>Security</Channel><Computer>PC.corp</Computer></System>` +
  `<EventData>${data}</EventData></Event>`;

const read = (text: string | Uint8Array, names: string[] = ['TargetUserName']) =>
  readText(windowsXml, text, names);

test('an event has its time to the millisecond, its names and its values', async () => {
  const { records, problems } = await read(event(7, 12));
  expect(problems).toEqual([]);
  expect(records).toEqual([
    {
      kind: 'windows',
      time: Date.UTC(2025, 10, 3, 8, 58, 2, 123),
      provider: 'P',
      channel: 'Security',
      eventId: 7,
      recordId: 12,
      computer: 'PC.corp',
      source: { file: 'x', record: 12 },
      fields: { TargetUserName: 'ana' },
    },
  ]);
});

describe('wrappers', () => {
  const two = event(1, 1) + event(2, 2);
  test.each([
    ['concatenated', two],
    ['one per line', `${event(1, 1)}\r\n${event(2, 2)}\r\n`],
    ['in Events', `<?xml version="1.0" encoding="utf-8"?>\n<Events>${two}</Events>`],
    ['with double quotes', two.replaceAll("'", '"')],
    ['with a prefix', two.replaceAll(/<(\/?)([A-Z])/g, '<$1e:$2').replaceAll('xmlns=', 'xmlns:e=')],
    [
      'rendered',
      two.replaceAll(
        '</EventData>',
        '</EventData><RenderingInfo Culture="en-US"><Message>&lt;x</Message></RenderingInfo>',
      ),
    ],
  ])('%s', async (_name, text) => {
    const { records, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(records.map((r) => [r.kind === 'windows' && r.recordId, r.fields])).toEqual([
      [1, { TargetUserName: 'ana' }],
      [2, { TargetUserName: 'ana' }],
    ]);
  });

  test.each([
    ['UTF-16LE with mark', 'utf-16le', '\ufeff'],
    ['UTF-16LE without', 'utf-16le', ''],
    ['UTF-16BE with mark', 'utf-16be', '\ufeff'],
    ['UTF-16BE without', 'utf-16be', ''],
    ['UTF-8 with mark', 'utf-8', '\ufeff'],
  ])('%s', async (_name, encoding, mark) => {
    const text = mark + event(1, 1, "<Data Name='TargetUserName'>renée 李</Data>");
    const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
    const { records, problems } = await read(encoding === 'utf-16be' ? bytes.swap16() : bytes);
    expect(problems).toEqual([]);
    expect(records[0]?.fields).toEqual({ TargetUserName: 'renée 李' });
  });
});

test('values: entities, CDATA, comments, unnamed data, binary, empty elements', async () => {
  const data =
    "<Data>first</Data><Data/><Data Name='n'>&lt;b&gt; &amp;amp; &#x41;&#66; &unknown;</Data>" +
    "<Data Name='c'>a<![CDATA[<x>&amp;]]><!-- no -->b</Data><Data Name='e'></Data><Binary>00FF</Binary>";
  const { records } = await read(event(1, 1, data), ['#0', '#1', '#2', 'n', 'c', 'e', 'Binary', 'absent']);
  expect(records[0]?.fields).toEqual({
    '#0': 'first',
    '#1': '',
    '#2': null,
    n: '<b> &amp; AB &unknown;',
    c: 'a<x>&amp;b',
    e: '',
    Binary: '00FF',
    absent: null,
  });
});

test('UserData: the leaves below the one child', async () => {
  const text = event(21, 1).replace(
    /<EventData>.*<\/EventData>/,
    "<UserData><EventXML xmlns='Event_NS'><User>CORP\\ana</User><SessionID>2</SessionID></EventXML></UserData>",
  );
  const { records } = await read(text, ['User', 'SessionID', 'EventXML']);
  expect(records[0]?.fields).toEqual({ User: 'CORP\\ana', SessionID: '2', EventXML: null });
});

describe('a damaged event costs itself only', () => {
  const broken: [string, string][] = [
    ['cut in the middle', event(2, 2).slice(0, 250)],
    ['no end', event(2, 2).replace('</Event>', '')],
    ['tags crossed', event(2, 2).replace('</System>', '</EventData>')],
    ['an unclosed comment', event(2, 2).replace('<EventData>', '<!-- <EventData>')],
    ['no event ID', event(2, 2).replace(/<EventID.*<\/EventID>/, '')],
  ];
  test.each(broken)('%s', async (_name, text) => {
    const { records, problems } = await read(`${event(1, 1)}\n${text}\n${event(3, 3)}`);
    expect(records.map((r) => r.kind === 'windows' && r.recordId)).toEqual([1, 3]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ at: { file: 'x', line: 2 } });
    expect(problems[0]?.field).not.toBeNull();
  });

  test('a truncated last event is a problem', async () => {
    const { records, problems } = await read(event(1, 1) + event(2, 2).slice(0, -20));
    expect([records.length, problems.map((p) => p.code)]).toEqual([1, ['xml/malformed-event']]);
  });
});

test('newest first or oldest first, the numbers there make one span of life', async () => {
  const { life } = await read(event(1, 3) + event(1, 2) + event(1, 1));
  expect(life).toMatchObject([{ computer: 'PC', channel: 'Security', firstRecordId: 1, lastRecordId: 3 }]);
});
