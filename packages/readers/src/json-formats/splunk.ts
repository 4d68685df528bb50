/** Splunk's JSON: results of the originals' search, raw Windows fields, or event XML in `_raw`; one a line or in a list. */
import type { Instant } from '@logonscope/core';
import { type JsonContext, type JsonTaker, jsonReader } from '../json-reader.ts';
import { noteLife } from '../life.ts';
import { type LocalTimes, localTimes } from '../local-times.ts';
import { SPLUNK_FIELDS, splunkRows, splunkTime } from '../splunk-rows.ts';
import { wantedBy } from '../wanted.ts';
import { isObject, type JsonObject, numberOf, own, textOf, windowsEmitter } from '../windows-object.ts';
import { eventRecord } from '../xml/event-record.ts';
import { eventScanner } from '../xml/scan-event.ts';
import { classicValue } from './splunk-classic.ts';

/** The row itself, out of `{"preview":…,"result":{…}}`. */
function resultOf(object: JsonObject): JsonObject {
  const result = own(object, 'result');
  return isObject(result) ? result : object;
}

const first = (row: JsonObject, ...names: string[]): string | null => {
  for (const name of names) {
    const value = textOf(own(row, name));
    if (value !== null && value !== '') return value;
  }
  return null;
};

const XML = /^\s*<(?:[\w.-]+:)?Event[\s>]/;
const isSearchRow = (row: JsonObject): boolean => 'type' in row && 'username' in row && 'event_id' in row;
const isXmlRow = (row: JsonObject): boolean => XML.test(textOf(own(row, '_raw')) ?? '');
const isWindowsRow = (row: JsonObject): boolean =>
  ('EventCode' in row || 'EventID' in row) && ('_time' in row || 'TimeCreated' in row);

/** Splunk leaves the provider out where the log's name says it. */
const SECURITY_PROVIDER = 'Microsoft-Windows-Security-Auditing';

function providerOf(row: JsonObject): string | null {
  const log = first(row, 'LogName', 'Channel', 'source', 'sourcetype') ?? '';
  return (
    first(row, 'SourceName', 'ProviderName', 'Name') ?? (/security$/i.test(log) ? SECURITY_PROVIDER : null)
  );
}

function openSplunk({ file, sink, options }: JsonContext): JsonTaker {
  const { emit, finish } = windowsEmitter(file, sink, options);
  const rows = splunkRows(file, sink, options);
  const scanner = eventScanner();
  const xmlRecord = eventRecord(scanner.found);
  const life = noteLife(sink);
  const wanted = wantedBy(options);
  let times: LocalTimes | null = null;
  let lastLine = 1;

  function instantOf(written: string, line: number): Instant | null {
    const time = splunkTime(written);
    if (time === null || 'at' in time) return time?.at ?? null;
    times ??= localTimes(sink, options, false);
    return times.place(time.wallMs, { file, line }, '_time', written);
  }

  function searchRow(row: JsonObject, line: number): void {
    const cells = SPLUNK_FIELDS.map((name) => textOf(own(row, name)) ?? '');
    if (cells[0] === '') cells[0] = first(row, '_time') ?? '';
    rows.row(cells, line, 200);
  }

  function xmlRow(raw: string, line: number): void {
    const text = raw.trimStart();
    const whole = scanner.scan(text, 0, text.length) >= 0;
    xmlRecord.fill(text, file);
    if (!whole || xmlRecord.eventId === null || xmlRecord.provider === null) {
      const message = whole
        ? 'The event XML lacks its ID or provider.'
        : `In the event XML, ${scanner.fault().message}.`;
      sink.problem({ code: 'xml/malformed-event', at: { file, line }, field: '_raw', message });
      return;
    }
    life.touch(xmlRecord);
    if (wanted(xmlRecord.provider, xmlRecord.eventId)) sink.record(xmlRecord);
  }

  function windowsRow(row: JsonObject, line: number): void {
    const timeText = first(row, 'SystemTime', '_time', 'TimeCreated');
    emit({
      time: timeText === null ? null : instantOf(timeText, line),
      timeText,
      provider: providerOf(row),
      channel: first(row, 'Channel', 'LogName'),
      eventId: numberOf(own(row, 'EventCode') ?? own(row, 'EventID')),
      recordId: numberOf(own(row, 'RecordNumber') ?? own(row, 'EventRecordID')),
      computer: first(row, 'ComputerName', 'Computer', 'host'),
      lookup: (name) => textOf(own(row, name)) ?? classicValue(row, name),
      line,
    });
  }

  return {
    object(object, line) {
      lastLine = line;
      const row = resultOf(object);
      if (isSearchRow(row)) searchRow(row, line);
      else if (isXmlRow(row)) xmlRow(textOf(own(row, '_raw'))!, line);
      else windowsRow(row, line);
    },
    end() {
      rows.end();
      times?.finish({ file, line: lastLine }, '_time');
      finish();
      life.finish();
    },
  };
}

export const splunkJson = jsonReader({
  id: 'splunk-json',
  label: 'Splunk (.json)',
  timesHaveZone: true,
  recognise(object) {
    const row = resultOf(object);
    return isSearchRow(row) || isXmlRow(row) || isWindowsRow(row) ? 0.95 : 0;
  },
  open: openSplunk,
});
