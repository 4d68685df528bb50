/** The filled coverage map, drawn as CAR draws it: ● in the event, ○ from the session, blank for none. */
import { expect, test } from 'vitest';
import { CAR_ACTIONS, CAR_COVERAGE, CAR_FIELDS } from './coverage-map.ts';

const MARKS = { event: '●', session: '○', none: ' ' };

test('the map', () => {
  expect(CAR_FIELDS).toEqual([
    'dest_ip',
    'dest_port',
    'hostname',
    'login_id',
    'login_successful',
    'login_type',
    'src_ip',
    'src_port',
    'uid',
    'user',
  ]);
  const drawn = CAR_ACTIONS.map((action) => {
    const cells = CAR_COVERAGE.filter((cell) => cell.action === action);
    return `${action.padEnd(9)} ${cells.map(({ from }) => MARKS[from]).join('')}`;
  });
  expect(drawn).toEqual([
    'lock      ○○●● ○○○●●',
    'login     ○○●●●●●●●●',
    'logout    ○○●● ●○○●●',
    'reconnect ○○●● ●● ○●',
    'unlock    ○○●● ○○○●●',
  ]);
});

test.each([
  ['login', 'login_id', [4624]],
  ['login', 'user', [4624, 4625]],
  ['login', 'login_successful', [4624, 4625]],
  ['logout', 'login_type', [4634]],
  ['logout', 'login_id', [4647, 4634]],
  ['reconnect', 'src_ip', [4778]],
  ['reconnect', 'uid', [4624, 4625, 4647, 4634, 4800, 4801]],
  ['lock', 'src_ip', [4624, 4625, 4778]],
])('%s %s comes from %j', (action, field, eventIds) => {
  expect(CAR_COVERAGE.find((cell) => cell.action === action && cell.field === field)?.eventIds).toEqual(
    eventIds,
  );
});
