// This computer's address, for people to read; that it cannot be told must never stop anything.
import type { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { localAddress } from './addresses.ts';

const of = (...addresses: readonly (readonly [string, 'IPv4' | 'IPv6', boolean])[]) =>
  (() => ({
    net: addresses.map(([address, family, internal]) => ({ address, family, internal })),
  })) as unknown as typeof networkInterfaces;

it('is the first IPv4 address that others can reach', () => {
  const interfaces = of(
    ['127.0.0.1', 'IPv4', true],
    ['fe80::1', 'IPv6', false],
    ['169.254.1.1', 'IPv4', false],
    ['192.0.2.7', 'IPv4', false],
  );
  expect(localAddress(interfaces)).toBe('192.0.2.7');
});

it('is unknown without a network, and while the system cannot tell', () => {
  expect(localAddress(of())).toBe(null);
  const failing = () => {
    throw new Error('uv_interface_addresses returned Unknown system error 2');
  };
  expect(localAddress(failing)).toBe(null);
});
