/** Problems as people and as programs read them. */
import { PROBLEMS, type Problem } from '@logonscope/core';
import { expect, test } from 'vitest';
import { problemJson, problemLines } from './problem-lines.ts';

const torn: Problem = {
  code: 'test/torn-record',
  at: { file: 'Security.evtx', record: 49513, offset: 0x1a2c8 },
  field: 'record.dataSize',
  message: 'needs 4 bytes, 2 are left',
};
const badTime: Problem = {
  code: 'test/bad-time',
  at: { file: 'logs.csv', line: 17 },
  field: null,
  message: '"31/13/2024 08:00" is not a time',
};

test('a line says where, what, and what was expected', () => {
  expect(problemLines([torn, badTime])).toEqual([
    'Security.evtx, record 49513 at 0x1a2c8   test/torn-record   record.dataSize: needs 4 bytes, 2 are left',
    'logs.csv, line 17                        test/bad-time      "31/13/2024 08:00" is not a time',
  ]);
});

test('each cure is said once, behind the problems', () => {
  const empty = { ...torn, code: 'file/empty' };
  const lines = problemLines([empty, torn, empty]);
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)).toBe(`→ ${PROBLEMS['file/empty'].advice}`);
});

test('after twenty lines the rest is counted', () => {
  const lines = problemLines(Array.from({ length: 25 }, () => torn));
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('… and 5 more (all of them with --problems FILE)');
});

test('a hostile name cannot steer the terminal', () => {
  const lines = problemLines([{ ...torn, at: { file: 'a\x1b[2Jb\u202e.evtx' }, message: 'x\ny' }]);
  expect(lines.join('')).not.toMatch(/[\x00-\x1f\u202e]/);
});

test('for programs, a problem is one flat object', () => {
  expect(JSON.parse(problemJson(torn))).toEqual({
    file: 'Security.evtx',
    record: 49513,
    offset: 0x1a2c8,
    code: 'test/torn-record',
    field: 'record.dataSize',
    message: 'needs 4 bytes, 2 are left',
  });
});
