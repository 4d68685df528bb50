/** Problems for people (a line each, the first few) and for programs (a line of JSON each, all of them). */
import { PROBLEMS, type Problem, type ProblemKind } from '@logonscope/core';
import { visible } from '@logonscope/writers';

/** More would push the reason out of sight. */
const SHOWN = 20;

/** `Security.evtx, record 49513 at 0x1a2c8   evtx/truncated   record.dataSize: needs 4 bytes, 2 are left`. */
export function problemLines(problems: readonly Problem[]): string[] {
  const shown = problems.slice(0, SHOWN);
  const places = shown.map((problem) => visible(placeOf(problem)));
  const widest = Math.min(60, Math.max(0, ...places.map((place) => place.length)));
  const codes = Math.max(0, ...shown.map(({ code }) => code.length));
  const lines = shown.map(({ code, field, message }, index) => {
    const sentence = visible(field === null ? message : `${field}: ${message}`);
    return `${places[index]!.padEnd(widest)}   ${visible(code).padEnd(codes)}   ${sentence}`;
  });
  const left = problems.length - shown.length;
  if (left > 0) lines.push(`… and ${left} more (all of them with --problems FILE)`);
  return [...lines, ...cures(problems)];
}

/** What a person can do, once per kind of problem. */
function cures(problems: readonly Problem[]): string[] {
  const kinds: Readonly<Record<string, ProblemKind>> = PROBLEMS;
  const advice = problems.map(({ code }) => kinds[code]?.advice ?? null);
  return [...new Set(advice)].filter((text) => text !== null).map((text) => `→ ${text}`);
}

export function problemJson({ code, at, field, message }: Problem): string {
  return JSON.stringify({ ...at, code, field, message });
}

function placeOf({ at }: Problem): string {
  const record = at.record === undefined ? '' : `, record ${at.record}`;
  const line = at.line === undefined ? '' : `, line ${at.line}`;
  const offset = at.offset === undefined ? '' : ` at 0x${at.offset.toString(16)}`;
  return at.file + record + line + offset;
}
