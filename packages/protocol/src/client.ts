/** A typed client of the API, for browsers and Node: the contract's endpoints as functions. */
import { type Endpoint, type InputOf, isSchema, type ResultOf } from './endpoint.ts';
import { PROBLEM_TYPE, type Problem, problem } from './shapes.ts';

/** A refusal: the problem the server told, or what stood in its place (a proxy's page). */
export interface Refusal {
  readonly status: number;
  readonly problem: Problem | null;
  /** Seconds to wait before trying again, where the server asked for it. */
  readonly retryAfterSeconds: number | null;
}

/** Thrown for every status that the endpoint does not declare. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.problem?.detail ?? refusal.problem?.title ?? `The server answered ${refusal.status}.`);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

export interface ClientOptions {
  /** `https://portal.example`; empty in a page that the server itself gave out. */
  readonly base: string;
  /** Sent with every request: the API key, or the token against forged requests. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
}

type Loose = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

/** The address of a call: parameters in the path, the rest as query; undefined values are left out. */
export function addressOf(endpoint: Endpoint, { params = {}, query = {} }: Loose): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const isProblem = response.headers.get('content-type')?.startsWith(PROBLEM_TYPE) ?? false;
  const told = isProblem ? problem.safeParse(await response.json().catch(() => null)) : null;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    problem: told?.success ? told.data : null,
    retryAfterSeconds: Number.isFinite(after) ? after : null,
  };
}

/**
 * Calls one endpoint. Resolves with a declared status and its checked body; throws `RefusedError` for every other
 * status, and what `fetch` throws where no answer came.
 */
export async function call<E extends Endpoint>(
  options: ClientOptions,
  endpoint: E,
  input: InputOf<E> & { readonly signal?: AbortSignal },
): Promise<ResultOf<E>> {
  const loose = input as Loose & { signal?: AbortSignal };
  const json = loose.body !== undefined && endpoint.body !== undefined && isSchema(endpoint.body);
  const response = await (options.fetch ?? fetch)(options.base + addressOf(endpoint, loose), {
    method: endpoint.method,
    headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...options.headers?.() },
    body: loose.body === undefined ? null : json ? JSON.stringify(loose.body) : (loose.body as string),
    ...(loose.signal === undefined ? {} : { signal: loose.signal }),
  });
  const content = endpoint.replies[response.status];
  if (content === undefined) throw new RefusedError(await refusalOf(response));
  if (!isSchema(content)) {
    return { status: response.status, body: content.kind === 'raw' ? response : null } as ResultOf<E>;
  }
  return { status: response.status, body: content.parse(await response.json()) } as ResultOf<E>;
}
