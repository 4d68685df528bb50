/** The address to listen on as people type it, and the certificate the server speaks with. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { certificateFiles, mayGenerate, type ServerSettings } from '../settings.ts';
import { type CertificateRequest, ensureCertificate } from './certificate.ts';

export interface Tls {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  /** Made by us, so that clients have to be told. */
  readonly generated: boolean;
  readonly expiresMs: number;
}

/** Time enough to get another one. */
const SOON_MS = 30 * 86_400_000;

/** What has to be said of a certificate that will not last, or null. */
export function expiryNote({ certFile, expiresMs }: Tls, nowMs: number): string | null {
  if (expiresMs - nowMs > SOON_MS) return null;
  const day = new Date(expiresMs).toISOString().slice(0, 10);
  return `the certificate ${certFile} ${expiresMs < nowMs ? 'ended' : 'ends'} on ${day}; clients refuse it then`;
}

/** The certificate and key to use, made if that is wanted; null for plain http. */
export function tlsOf(settings: ServerSettings, nowMs: number): Tls | null {
  const files = certificateFiles(settings);
  if (files === null) return null;
  if (mayGenerate(settings)) ensureCertificate(files, certificateRequest(settings, nowMs));
  const cert = readFileSync(files.certFile, 'utf8');
  return {
    cert,
    expiresMs: new X509Certificate(cert).validToDate.getTime(),
    key: readFileSync(files.keyFile, 'utf8'),
    certFile: files.certFile,
    generated: mayGenerate(settings),
  };
}

/** Addresses to listen on everywhere: no name of a server. */
const EVERYWHERE = ['0.0.0.0', '::'];

function certificateRequest(settings: ServerSettings, nowMs: number): CertificateRequest {
  const { host, publicUrl, certNames, certCommonName } = settings;
  const names = ['localhost', '127.0.0.1', '::1', certCommonName, ...certNames];
  if (!EVERYWHERE.includes(host)) names.push(host);
  if (publicUrl !== null) names.push(new URL(publicUrl).hostname.replace(/^\[|\]$/g, ''));
  const subject = {
    country: settings.certCountry,
    state: settings.certState,
    city: settings.certCity,
    organization: settings.certOrganization,
    unit: settings.certOrgUnit,
    commonName: certCommonName,
  };
  return { subject, names, nowMs };
}

/** `https://127.0.0.1:8000`: where the server is reached. */
export function addressOf(
  { publicUrl }: Pick<ServerSettings, 'publicUrl'>,
  { address, family, port }: AddressInfo,
  tls: Tls | null,
): string {
  if (publicUrl !== null) return publicUrl.replace(/\/$/, '');
  const reachable = EVERYWHERE.includes(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `${tls === null ? 'http' : 'https'}://${reachable}:${port}`;
}
