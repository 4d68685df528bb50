/** How a session is told to people: times in their zone, findings in the words of the table of problems. */
import { PROBLEMS } from '@logonscope/core';
import { wallClock } from '@logonscope/writers';
import type { ExplanationOptions } from './explanation.ts';

export function tellingOptions(timezone: string): ExplanationOptions {
  const sentences: Readonly<Record<string, { readonly sentence: string }>> = PROBLEMS;
  return {
    showTime: wallClock(timezone),
    findingSentence: (code) => sentences[code]?.sentence ?? code,
  };
}
