/** Network addresses as people list them: one address, or a block of IPv4 addresses. */

/** A test for `10.1.0.7`, `fe80::1` or `10.1.0.0/16`; letter case does not matter. Anything else matches nothing. */
export function addressPattern(text: string): (address: string) => boolean {
  const wanted = text.trim().toLowerCase();
  const [base = '', bits] = wanted.split('/');
  const number = ipv4Number(base);
  if (bits === undefined || number === null)
    return (address) => wanted !== '' && address.toLowerCase() === wanted;
  if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) return () => false;
  const blockSize = 2 ** (32 - Number(bits));
  const block = Math.floor(number / blockSize);
  return (address) => {
    const other = ipv4Number(address);
    return other !== null && Math.floor(other / blockSize) === block;
  };
}

function ipv4Number(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255) ? null : parts.reduce((number, part) => number * 256 + part, 0);
}
