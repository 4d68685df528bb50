/** Transactions that act for one company, tried again where the database asks for that. */
import type { Kysely, Transaction } from 'kysely';
import type { StoreDialect } from './dialects/index.ts';
import type { Tables } from './schema.ts';

const TRIES = 8;
const FIRST_PAUSE_MS = 5;

/**
 * Runs `work` in a transaction for one company; after a deadlock or the like everything is undone and `work` runs
 * again from the start. Throws what `work` throws, with nothing written.
 */
export async function companyTransaction<T>(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const plain = db.transaction();
      const begun = dialect.name === 'sqlite' ? plain : plain.setIsolationLevel('read committed');
      return await begun.execute(async (transaction) => {
        await dialect.enterCompany?.(transaction, companyId);
        return work(transaction);
      });
    } catch (error) {
      if (attempt >= TRIES || !dialect.isTransient(error)) throw error;
      await new Promise((resume) => setTimeout(resume, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
}
