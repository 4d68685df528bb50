// Every scenario file tells the story below its line; UPDATE=1 rewrites the stories, and the review is the diff.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseScenario, tell } from '@logonscope/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_CELLS, noteVisitedCells, visited } from './transitions.ts';

const FOLDER = new URL('./scenarios/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

noteVisitedCells();

for (const name of FILES) {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const scenario = parseScenario(text, name);

  test(`${name}: ${scenario.title}`, () => {
    const told = tell(scenario);
    if (process.env.UPDATE) {
      const upper = text.split(/^-{5,}$/m)[0]!.trimEnd();
      writeFileSync(new URL(name, FOLDER), `${upper}\n----------\n${told}\n`);
      return;
    }
    expect(told).toBe(scenario.expected);
  });

  test(`${name}: shuffled, and with every event twice (V20)`, () => {
    const twice = [...scenario.events, ...scenario.events];
    const story = tell(scenario);
    fc.assert(
      fc.property(fc.shuffledSubarray(twice, { minLength: twice.length }), (events) => {
        expect(tell(scenario, events)).toBe(story);
      }),
      { numRuns: 20 },
    );
  });
}

test('every cell of the transition table is visited by a scenario', () => {
  expect(ALL_CELLS.filter((cell) => !visited.has(cell))).toEqual([]);
});
