/** A post of many events: each is checked and converted by itself, so that a wrong one costs only itself. */
import type { SessionEvent } from '@logonscope/core';
import { namedUpload, type UploadResult, windowsUpload } from '@logonscope/protocol';
import type { Outcome } from '../../db/index.ts';
import { refusedFields } from '../../http/errors.ts';
import { type Converted, convertNamed, convertWindows } from './convert.ts';

export interface ConvertedPost {
  readonly events: readonly SessionEvent[];
  /** Position in the post of each event. */
  readonly positions: readonly number[];
  readonly ignoredAt: readonly number[];
  readonly problems: UploadResult['problems'];
}

function convertOne(upload: unknown, now: number): Converted {
  if (typeof upload !== 'object' || upload === null || Array.isArray(upload)) {
    return { refused: { field: 'event', expected: 'a JSON object' } };
  }
  const named = Object.hasOwn(upload, 'type');
  const checked = named ? namedUpload.safeParse(upload) : windowsUpload.safeParse(upload);
  if (!checked.success) return { refused: refusedFields(checked.error, 'event')[0]! };
  return named
    ? convertNamed(checked.data as Parameters<typeof convertNamed>[0], now)
    : convertWindows(checked.data as Parameters<typeof convertWindows>[0], now);
}

/** Converts the events of a post. */
export function convertPost(uploads: readonly unknown[], now: number): ConvertedPost {
  const events: SessionEvent[] = [];
  const positions: number[] = [];
  const ignoredAt: number[] = [];
  const problems: UploadResult['problems'] = [];
  for (const [at, upload] of uploads.entries()) {
    const converted = convertOne(upload, now);
    if ('refused' in converted) problems.push({ at, ...converted.refused });
    else if (converted.event === null) ignoredAt.push(at);
    else {
      events.push(converted.event);
      positions.push(at);
    }
  }
  return { events, positions, ignoredAt, problems };
}

/** What the sender is told, once everything is committed. */
export function resultOf(
  post: ConvertedPost,
  outcomes: readonly Outcome[],
  storedThrough: number | null,
): UploadResult {
  const knownAt = post.positions.filter((_, i) => outcomes[i] === 'known');
  return {
    stored: outcomes.length - knownAt.length,
    known: knownAt.length,
    ignored: post.ignoredAt.length,
    refused: post.problems.length,
    knownAt,
    ignoredAt: [...post.ignoredAt],
    problems: post.problems,
    storedThrough,
  };
}
