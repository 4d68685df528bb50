/** User names of a company in alphabetical order, read piece by piece: pages by name need not add up everybody. */
import type { Source } from './source.ts';

/** A piece is larger the longer nothing was found in those before. */
const GROWS_BY = 2;
const PIECE_MAX = 500;

/**
 * Pieces of the names that have sessions, from one on (itself among them), the first of so many names. Names are read
 * from their index alone.
 */
export async function* userNames(
  { scope, limit }: Source,
  companyId: number,
  { from, atOnce }: { readonly from: string | null; readonly atOnce: number },
): AsyncGenerator<readonly string[]> {
  let after: string | null = null;
  for (let piece = atOnce; ; piece = Math.min(PIECE_MAX, piece * GROWS_BY)) {
    let query = scope.sessions().select('sessions.user_name').distinct();
    query = query.where('sessions.company_id', '=', companyId);
    if (after !== null) query = query.where('sessions.user_name', '>', after);
    else if (from !== null) query = query.where('sessions.user_name', '>=', from);
    const rows = await query.orderBy('sessions.user_name').modifyEnd(limit(piece)).execute();
    if (rows.length > 0) yield rows.map(({ user_name }) => user_name);
    if (rows.length < piece) return;
    after = rows.at(-1)!.user_name;
  }
}
