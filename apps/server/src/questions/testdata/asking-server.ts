/** The question routes over HTTP for tests: who asks is said in a header, replies are checked against the contract. */
import type { FastifyInstance } from 'fastify';
import { Scope } from '../../access/scope.ts';
import { AppError } from '../../app-error.ts';
import { createHttp } from '../../http/create.ts';
import type { Route } from '../../http/mount.ts';
import type { TestCompany, TwoCompanies } from './two-companies.ts';

/** What a test looks into; its shape was checked against the contract already. */
// biome-ignore lint/suspicious/noExplicitAny: answers of all shapes
type Json = any;

/** A GET as somebody of a company; JSON answers are parsed. */
export type Ask = (
  as: TestCompany,
  path: string,
  query?: Readonly<Record<string, string | number | readonly string[]>>,
) => Promise<{ status: number; body: Json; bytes: Buffer; headers: Record<string, unknown> }>;

export async function askingServer(
  stage: TwoCompanies,
  routes: readonly Route[],
): Promise<{ app: FastifyInstance; ask: Ask }> {
  const people = [stage.own, stage.foreign];
  const app = await createHttp({
    routes,
    logLevel: 'silent',
    checkReplies: true,
    gate: {
      admit(request) {
        const person = people.find(({ id }) => String(id) === request.headers['x-company']);
        if (person === undefined) throw new AppError('unauthenticated', 'access/sign-in', 'Sign in first.');
        return person.caller;
      },
      scopeOf: (caller) => Scope.of(stage.store, caller),
    },
  });
  const ask: Ask = async (as, path, query = {}) => {
    const fields = Object.entries(query).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [key, String(one)] as [string, string]),
    );
    const url = `/api/v1/companies/${as.id}/${path}?${new URLSearchParams(fields)}`;
    const answer = await app.inject({ url, headers: { 'x-company': String(as.id) } });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: isJson && !String(answer.headers['content-type']).includes('ndjson') ? answer.json() : null,
      bytes: answer.rawPayload,
      headers: answer.headers,
    };
  };
  return { app, ask };
}
