/** This computer's own address, as people would name it. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/**
 * The first IPv4 address that others can reach; null on a computer without a network. Early in a start Windows may not
 * be able to tell at all, which is no reason for anything to stop.
 */
export function localAddress(interfaces: typeof networkInterfaces = networkInterfaces): string | null {
  let addresses: NetworkInterfaceInfo[];
  try {
    addresses = Object.values(interfaces()).flatMap((list) => list ?? []);
  } catch {
    return null;
  }
  const usable = addresses.find(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  );
  return usable?.address ?? null;
}
