/** Asking as hooks: answers are cached, stay while newer ones are under way, and are dropped when a deed changes them. */
import { type Endpoint, type InputOf, RefusedError } from '@logonscope/protocol';
import {
  keepPreviousData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type BodyOf, useSource } from './source.ts';

const TRIES = 2;
const FRESH_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Refusals are answers: only what may go better by itself is tried again. */
function mayGoBetter(error: unknown): boolean {
  if (!(error instanceof RefusedError)) return error instanceof TypeError;
  return error.refusal.status === 429 || error.refusal.status >= 502;
}

/** As long as the server asked for, else twice as long each time. */
function waitMs(tries: number, error: unknown): number {
  const asked = error instanceof RefusedError ? error.refusal.retryAfterSeconds : null;
  return Math.min(LONGEST_WAIT_MS, asked === null ? FIRST_WAIT_MS * 2 ** tries : asked * 1_000);
}

/** The cache of one page load. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (tries, error) => tries < TRIES && mayGoBetter(error),
        retryDelay: waitMs,
        refetchOnWindowFocus: true,
      },
    },
  });
}

export interface AskingOptions {
  /** How long an answer counts as fresh; 15 s unless told. */
  readonly freshMs?: number;
  /** Asks again by itself after so long. */
  readonly everyMs?: number;
  /** The answer to a different question is no stand-in while this one is under way. */
  readonly forgetful?: boolean;
}

/**
 * The answer to a question; null as input asks nothing yet. Old data stays while newer is under way
 * (`isPlaceholderData`), and leaving the page aborts the request.
 */
export function useAsk<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E> | null,
  { freshMs, everyMs, forgetful = false }: AskingOptions = {},
): UseQueryResult<BodyOf<E>> {
  const source = useSource();
  return useQuery({
    queryKey: [source.id, endpoint.id, input],
    queryFn: async ({ signal }) => (await source.ask(endpoint, input as InputOf<E>, { signal })).body,
    enabled: input !== null,
    ...(forgetful ? {} : { placeholderData: keepPreviousData }),
    ...(freshMs === undefined ? {} : { staleTime: freshMs }),
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  }) as UseQueryResult<BodyOf<E>>;
}

type Paged = { readonly rows: readonly unknown[]; readonly next: string | null };

/** All pages of a list so far; `data.pages`, `fetchNextPage`, `hasNextPage`. The cursor is ours to give. */
export function useAskPages<E extends Endpoint>(
  endpoint: E,
  input: Omit<InputOf<E>, 'query'> & { readonly query?: object },
  { freshMs, enabled = true }: { freshMs?: number; enabled?: boolean } = {},
): UseInfiniteQueryResult<{ readonly pages: readonly BodyOf<E>[] }> {
  const source = useSource();
  return useInfiniteQuery({
    queryKey: [source.id, endpoint.id, 'pages', input],
    queryFn: async ({ signal, pageParam }) => {
      const query = { ...input.query, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return (await source.ask(endpoint, { ...input, query } as unknown as InputOf<E>, { signal })).body;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last as Paged).next,
    placeholderData: keepPreviousData,
    enabled,
    ...(freshMs === undefined ? {} : { staleTime: freshMs }),
  }) as UseInfiniteQueryResult<{ readonly pages: readonly BodyOf<E>[] }>;
}

/** Something that changes things: `mutateAsync(input)`; afterwards the answers of `changes` are asked anew. */
export function useDeed<E extends Endpoint>(
  endpoint: E,
  changes: readonly Endpoint[] = [],
): UseMutationResult<BodyOf<E>, Error, InputOf<E>> {
  const source = useSource();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (input: InputOf<E>) => (await source.ask(endpoint, input)).body,
    onSettled: () =>
      Promise.all(changes.map(({ id }) => cache.invalidateQueries({ queryKey: [source.id, id] }))),
  });
}
