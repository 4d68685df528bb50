/** The agent as a package to install: program, settings, key. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { rowId } from '../shapes.ts';
import { companyParams } from './asking.ts';

/** A value of an ini file: one line, nothing that a terminal or a parser would take for more. */
const iniValue = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}*$/u, 'one line without control characters');

/** Parsers of addresses pass over line ends inside one; a line of the ini file ends there. */
const httpUrl = iniValue.pipe(z.url({ protocol: /^https?$/ }));

const rotationMb = z.number().int().min(0).max(100).default(5).meta({ description: '0 keeps no such file.' });

export const agentPackageWish = z.strictObject({
  siteId: rowId.nullable().default(null).meta({
    description:
      'A new key is made for this site and put in; without a site the key is left to be filled in.',
  }),
  serverUrl: httpUrl.optional().meta({
    description: 'Where agents reach the server; its own address where left out.',
  }),
  debugLogs: z.boolean().default(false),
  healthCheckMinutes: z.number().int().min(0).max(1_440).default(30).meta({ description: '0 never asks.' }),
  installFolder: iniValue.default('C:\\ProgramData\\UserSessionMon'),
  obtainPublicIp: z.boolean().default(false),
  publicIpUrls: z.array(httpUrl).max(10).default(['https://ifconfig.me/ip', 'https://ipv4.icanhazip.com']),
  sessionLogMb: rotationMb,
  errorLogMb: rotationMb,
  eventLogMb: rotationMb,
});
export type AgentPackageWish = z.output<typeof agentPackageWish>;

export const makeAgentPackage = endpoint({
  id: 'makeAgentPackage',
  method: 'POST',
  path: '/api/v1/companies/:companyId/agent-package',
  summary: 'The agent for a company as a ZIP: winagentUSM.exe, config.ini, install_service.bat, README.txt.',
  params: companyParams,
  body: agentPackageWish,
  replies: { 200: raw('The package, as it is written.', 'application/zip') },
  auth: 'portal',
});
