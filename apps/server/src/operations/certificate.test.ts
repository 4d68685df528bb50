/** A generated certificate is one that Node reads, that fits its key and that a client can trust over a real connection. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { ensureCertificate, selfSigned } from './certificate.ts';
import { addressBytes, integer, oid, time } from './der.ts';

const NOBODY = { country: null, state: null, city: null, organization: null, unit: null, commonName: null };
const nowMs = Date.UTC(2025, 5, 1);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('holds names, dates, subject and a signature of its own key', () => {
  const { cert, key } = selfSigned({
    subject: {
      country: 'GB',
      state: 'Kent',
      city: 'Dover',
      organization: 'Zoë & Söhne',
      unit: 'IT',
      commonName: 'logs.example',
    },
    names: ['logs.example', 'LOCALHOST', '127.0.0.1', '::1', 'localhost'],
    nowMs,
  });
  const read = new X509Certificate(cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(read.subjectAltName).toBe(
    'DNS:logs.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
  expect(read.subject?.split('\n')).toEqual([
    'C=GB',
    'ST=Kent',
    'L=Dover',
    'O=Zoë & Söhne',
    'OU=IT',
    'CN=logs.example',
  ]);
  expect(read.issuer).toBe(read.subject);
  expect([read.validFromDate, read.validToDate].map((date) => date.toISOString().slice(0, 10))).toEqual([
    '2025-05-31',
    '2035-05-30',
  ]);
  expect(read.ca).toBe(false);
  expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(read.checkHost('logs.example')).toBe('logs.example');
  expect(read.checkHost('evil.example')).toBeUndefined();
  expect(read.checkIP('::1')).toBe('::1');
});

it('has another number and key each time', () => {
  const [one, two] = [1, 2].map(
    () => new X509Certificate(selfSigned({ subject: NOBODY, names: ['a'], nowMs }).cert),
  );
  expect(one!.serialNumber).not.toBe(two!.serialNumber);
  expect(one!.fingerprint256).not.toBe(two!.fingerprint256);
});

it('carries a real https request of a client that was given it, and of no other', async () => {
  const pair = selfSigned({
    subject: { ...NOBODY, commonName: 'localhost' },
    names: ['localhost', '127.0.0.1'],
    nowMs: Date.now(),
  });
  const server = createServer(pair, (_, response) => response.end('hello'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const ask = (ca: string | undefined) =>
    new Promise<string>((done, failed) => {
      const asked = get({ host: '127.0.0.1', port, ...(ca === undefined ? {} : { ca }) }, (response) => {
        response.setEncoding('utf8').on('data', done);
      });
      asked.on('error', (error: NodeJS.ErrnoException) => failed(new Error(error.code)));
    });
  try {
    await expect(ask(pair.cert)).resolves.toBe('hello');
    await expect(ask(undefined)).rejects.toThrow('DEPTH_ZERO_SELF_SIGNED_CERT');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('is written once, its key for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  folders.push(folder);
  const files = { certFile: join(folder, 'certs/cert.pem'), keyFile: join(folder, 'certs/key.pem') };
  const request = { subject: NOBODY, names: ['localhost'], nowMs };
  expect(ensureCertificate(files, request)).toBe(true);
  const before = readFileSync(files.certFile, 'utf8');
  expect(ensureCertificate(files, request)).toBe(false);
  expect(readFileSync(files.certFile, 'utf8')).toBe(before);
  if (process.platform !== 'win32') expect(statSync(files.keyFile).mode & 0o777).toBe(0o600);
});

it('numbers, times, identifiers and addresses are spelled as X.690 has them', () => {
  expect(oid('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
  expect(integer(Buffer.from([0, 0, 0x80])).toString('hex')).toBe('02020080');
  expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString()).toContain('491231235959Z');
  expect(time(Date.UTC(2050, 0, 1)).toString()).toContain('20500101000000Z');
  expect(addressBytes('::ffff:1.2.3.4').toString('hex')).toBe('00000000000000000000ffff01020304');
  expect(addressBytes('2001:db8::1').toString('hex')).toBe('20010db8000000000000000000000001');
});

it('any address comes back as Node prints it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const { cert } = selfSigned({ subject: NOBODY, names: [address], nowMs });
      expect(new X509Certificate(cert).checkIP(address)).toBe(address);
    }),
    { numRuns: 30 },
  );
});
