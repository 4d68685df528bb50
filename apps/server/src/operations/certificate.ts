/** A self-signed certificate for a server that has no other: ECDSA P-256, with every name it is reached by. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import {
  addressBytes,
  bitString,
  integer,
  octetString,
  oid,
  printable,
  sequence,
  set,
  tagged,
  taggedBytes,
  time,
  utf8,
  yes,
} from './der.ts';

const DAY_MS = 86_400_000;
/** As long as the original's: agents that were given the certificate keep working. */
const LIFETIME_MS = 3_650 * DAY_MS;
/** Clocks of clients may be behind. */
const EARLIER_MS = DAY_MS;
const SERIAL_BYTES = 16;

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const NAME_PARTS = {
  country: '2.5.4.6',
  state: '2.5.4.8',
  city: '2.5.4.7',
  organization: '2.5.4.10',
  unit: '2.5.4.11',
  commonName: '2.5.4.3',
} as const;
const EXTENSIONS = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  names: '2.5.29.17',
  constraints: '2.5.29.19',
  extendedUsage: '2.5.29.37',
} as const;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DIGITAL_SIGNATURE = { bits: Buffer.from([0x80]), unused: 7 };
/** Tags of a name in the subject's alternatives (RFC 5280, 4.2.1.6). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** Who the certificate says it belongs to; what is null is left out. */
export type Subject = { readonly [K in keyof typeof NAME_PARTS]: string | null };

export interface CertificateRequest {
  readonly subject: Subject;
  /** Host names and addresses it is for. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export interface CertificatePair {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

/** Makes a key and its certificate. The certificate signs no others, so a lost key opens this server only. */
export function selfSigned({ subject, names, nowMs }: CertificateRequest): CertificatePair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const name = distinguishedName(subject);
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(nowMs - EARLIER_MS), time(nowMs + LIFETIME_MS)),
    name,
    spki,
    tagged(3, extensions(names, spki)),
  );
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(sign('sha256', body, privateKey)));
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/**
 * Makes the two files unless both are there; returns whether it did. Throws where only one of them is there, since
 * that one may be somebody's own.
 */
export function ensureCertificate(
  { certFile, keyFile }: { certFile: string; keyFile: string },
  request: CertificateRequest,
): boolean {
  const present = [certFile, keyFile].filter((file) => existsSync(file));
  if (present.length === 2) return false;
  if (present.length === 1) throw new Error(`${present[0]} is there without its other half`);
  const { cert, key } = selfSigned(request);
  writePrivate(keyFile, key);
  mkdirSync(dirname(certFile), { recursive: true });
  writeFileSync(certFile, cert, { mode: 0o644 });
  return true;
}

/** Writes a new file that only its owner can read; it appears whole or not at all. One that is there stays. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(unfinished);
  }
}

function distinguishedName(subject: Subject): Buffer {
  const parts = Object.entries(NAME_PARTS).flatMap(([part, id]) => {
    const text = subject[part as keyof Subject];
    if (text === null) return [];
    return [set(sequence(oid(id), part === 'country' ? printable(text) : utf8(text)))];
  });
  return sequence(...parts);
}

function extensions(names: readonly string[], spki: Uint8Array): Buffer {
  const alternatives = [...new Set(names.map((name) => name.toLowerCase()))].map((name) =>
    isIP(name) > 0
      ? taggedBytes(IP_ADDRESS, addressBytes(name))
      : taggedBytes(DNS_NAME, Buffer.from(name, 'ascii')),
  );
  const { bits, unused } = DIGITAL_SIGNATURE;
  const keyId = createHash('sha256').update(spki).digest().subarray(0, 20);
  const extension = (id: string, content: Buffer, critical = false) =>
    sequence(oid(id), ...(critical ? [yes()] : []), octetString(content));
  return sequence(
    extension(EXTENSIONS.constraints, sequence(), true),
    extension(EXTENSIONS.keyUsage, bitString(bits, unused), true),
    extension(EXTENSIONS.extendedUsage, sequence(oid(SERVER_AUTHENTICATION))),
    extension(EXTENSIONS.names, sequence(...alternatives)),
    extension(EXTENSIONS.subjectKey, octetString(keyId)),
  );
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
