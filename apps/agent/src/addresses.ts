/** This computer's own address, as people would name it. */
import { networkInterfaces } from 'node:os';

/** The first IPv4 address that others can reach; null on a computer without a network. */
export function localAddress(interfaces = networkInterfaces()): string | null {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const usable = addresses.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  );
  return usable[0]?.address ?? null;
}
