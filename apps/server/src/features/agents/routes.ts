/** The agent's package over HTTP; with a site named, a key for it is made and goes in. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type AgentPackageWish, makeAgentPackage, reply } from '@logonscope/protocol';
import type { FastifyRequest } from 'fastify';
import type { Access } from '../../access/access.ts';
import { type Acting, entryOf } from '../../access/acting.ts';
import { createKey } from '../../access/keys/key-deeds.ts';
import { companyNotFound } from '../../access/scope.ts';
import { writeAudit } from '../../access/trail/audit.ts';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { AGENT_PROGRAM, configIni, installBatch, packageName, readme } from './package-files.ts';
import { zipOf } from './zip.ts';

const ACTION = 'agent-package.download';

export interface AgentPackageSettings {
  /** Where `winagentUSM.exe` lies. */
  readonly agentExe: string;
  /** Where agents reach us, if that is not where we listen. */
  readonly publicUrl: string | null;
  readonly timezone: string;
}

export function agentRoutes(access: Access, settings: AgentPackageSettings): Route[] {
  return [
    route(makeAgentPackage, {
      action: ACTION,
      async handle({ caller, request, params, body }) {
        const acting = access.acting(caller, request);
        const company = await companyName(acting, params.companyId);
        // Before a key is made: one in a package that nobody got would open a door for nobody.
        await requireProgram(settings.agentExe);
        const apiKey = await keyFor(access, acting, params.companyId, body);
        const facts = {
          company,
          serverUrl: body.serverUrl ?? settings.publicUrl ?? ownAddress(request),
          apiKey,
          timezone: settings.timezone,
          wish: body,
        };
        const deed = { action: ACTION, target: `company:${params.companyId}`, companyId: params.companyId };
        const detail = { siteId: body.siteId, withKey: apiKey !== null };
        await writeAudit(access.portal.store, entryOf(access.portal, acting.origin, { ...deed, detail }));
        const text = (name: string, content: string) => ({ name, open: () => [Buffer.from(content)] });
        const files = [
          { name: AGENT_PROGRAM, open: () => createReadStream(settings.agentExe) },
          text('config.ini', configIni(facts)),
          text('install_service.bat', installBatch()),
          text('README.txt', readme(facts)),
        ];
        return reply(200, zipOf(files, access.portal.clock()), {
          'content-disposition': `attachment; filename="${packageName(company)}"`,
          'cache-control': 'no-store',
        });
      },
    }),
  ];
}

async function companyName({ scope }: Acting, companyId: number): Promise<string> {
  const row = await scope
    .companyRows(ACTION)
    .select('companies.name')
    .where('companies.id', '=', companyId)
    .executeTakeFirst();
  if (row === undefined) throw companyNotFound();
  return row.name;
}

async function requireProgram(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return;
  throw new AppError(
    'conflict',
    'agent/program-missing',
    `The server has no ${AGENT_PROGRAM}. Its administrator names the file with AGENT_EXE in [agent] of config.ini, or builds it.`,
  );
}

async function keyFor(
  { portal }: Access,
  acting: Acting,
  companyId: number,
  { siteId }: AgentPackageWish,
): Promise<string | null> {
  if (siteId === null) return null;
  const place = { companyId, siteId, description: 'agent package', expiresAtMs: null };
  return (await createKey(portal, acting, place)).text;
}

/** What the browser calls us, as the original has it; a proxy's word counts where it is trusted. */
const ownAddress = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`;
