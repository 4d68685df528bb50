/** From what senders post to the core's events: one function for each form on the wire. */
import { type AttributedRecord, decode, type SessionEvent, type WindowsRecord } from '@logonscope/core';
import type { LegacyEvent, NamedUpload, WindowsUpload } from '@logonscope/protocol';
import { agentIdentity, agentRecord, agentTime } from '@logonscope/readers';

/** A field that was refused, and what was expected there. */
export interface Refused {
  readonly field: string;
  readonly expected: string;
}

/** An event, nothing (a record that says nothing about sessions), or why not. */
export type Converted = { readonly event: SessionEvent | null } | { readonly refused: Refused };

/** A clock that runs ahead by more than this is broken; its events would stand in everybody's future. */
const AHEAD_MS_MAX = 24 * 3_600_000;

const TIME_EXPECTED = 'a time like 2026-03-01T08:00:00Z';
const AHEAD_EXPECTED = 'a time not more than a day ahead of the server';

/** The instant a sender wrote, or what is wrong with it. */
export function writtenTime(text: string, now: number): { time: number } | { expected: string } {
  const time = agentTime(text);
  if (time === null) return { expected: TIME_EXPECTED };
  return time > now + AHEAD_MS_MAX ? { expected: AHEAD_EXPECTED } : { time };
}

/** The agent's own addresses, in words: they say where the computer was, not where a logon came from. */
function addressNote(local: string | null | undefined, publicly: string | null | undefined): string | null {
  const notes = [local && `own address ${local}`, publicly && `public address ${publicly}`].filter(Boolean);
  return notes.length === 0 ? null : notes.join(', ');
}

/** Evidence in a ledger names this; the identity finds the event. */
const sourceOf = (identity: string) => ({ file: `agent/${identity}` });

/** The post of a `winagentUSM`: as its CSV row would be, so that either way gives one event. */
export function convertLegacy(post: LegacyEvent, now: number): Converted {
  const { EventType: word, UserName: user, ComputerName: computer, retry } = post;
  const at = writtenTime(post.Timestamp, now);
  if (!('time' in at)) return { refused: { field: 'Timestamp', expected: at.expected } };
  const identity = agentIdentity(word, user, computer, at.time);
  const note = addressNote(post.LocalIP || post.IPAddress, post.PublicIP);
  const facts = { word, user, computer, time: at.time, retry: retry === 0 ? null : retry, note };
  return { event: decode(agentRecord(facts, sourceOf(identity))) };
}

/** A record with Windows' own names. */
export function convertWindows(upload: WindowsUpload, now: number): Converted {
  const { provider, eventId, computer, fields, key } = upload;
  const at = writtenTime(upload.time, now);
  if (!('time' in at)) return { refused: { field: 'time', expected: at.expected } };
  const recordId = upload.recordId ?? null;
  if (recordId === null && key === undefined) {
    return {
      refused: { field: 'recordId', expected: 'the record number, or `key`: what makes a repeat a repeat' },
    };
  }
  const record: WindowsRecord = {
    kind: 'windows',
    time: at.time,
    provider,
    channel: upload.channel ?? null,
    eventId,
    recordId,
    computer,
    field(name) {
      const value = Object.hasOwn(fields, name) ? fields[name] : null;
      return value === null || value === undefined ? null : String(value);
    },
    source: recordId === null ? sourceOf(key!) : { file: 'agent', record: recordId },
  };
  const event = decode(record);
  return { event: event === null || key === undefined ? event : { ...event, identity: key } };
}

/** An event in plain words. */
export function convertNamed(upload: NamedUpload, now: number): Converted {
  const { type: word, computer, user, logonId, retry, key } = upload;
  const at = writtenTime(upload.time, now);
  if (!('time' in at)) return { refused: { field: 'time', expected: at.expected } };
  // Without a key the same words of one instant are one event; two logons of an account differ by their logon ID.
  const told = agentIdentity(word, user ?? '', computer, at.time);
  const identity = key ?? (logonId ? `${told}-${logonId}` : told);
  const note = addressNote(upload.localAddress, upload.publicAddress);
  const record: AttributedRecord = {
    kind: 'attributed',
    time: at.time,
    word,
    eventId: null,
    computer,
    attributes: {
      user: user || null,
      domain: upload.domain ?? null,
      sid: upload.sid ?? null,
      logonId: logonId ?? null,
      logonType: upload.logonType ?? null,
      terminalSessionId: upload.terminalSessionId ?? null,
      sourceAddress: upload.sourceAddress ?? null,
      clientName: upload.clientName ?? null,
      channel: upload.channel ?? null,
      recordId: upload.recordId ?? null,
      detail: { ...(retry ? { retry } : {}), ...(note === null ? {} : { note }) },
    },
    identity,
    source: sourceOf(identity),
  };
  const event = decode(record);
  const numbered = key === undefined && upload.channel && typeof upload.recordId === 'number';
  return { event: event === null || !numbered ? event : { ...event, identity: null } };
}
