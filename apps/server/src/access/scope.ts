/** What a caller may see, as queries: every one is narrowed to his companies before a feature gets hold of it. */
import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { AppError } from '../app-error.ts';
import type { Tables } from '../db/schema.ts';
import type { Store } from '../db/store.ts';
import { type Caller, type Companies, companiesFor, type KeyCaller, wasAdmitted } from './caller.ts';
import type { Action } from './roles.ts';
import { INSTALLATION } from './trail/audit.ts';

/** Tables that features may read and join. People, portal sessions and settings are for `access` alone. */
export type TenantTable =
  | 'events'
  | 'sessions'
  | 'computers'
  | 'day_totals'
  | 'imports'
  | 'agent_cursors'
  | 'sites'
  | 'api_keys'
  | 'api_key_usage'
  | 'audit_trail'
  | 'life_spans';
type TenantTables = Pick<Tables, TenantTable>;
/** A query on one table. Its types know no other tables than those above, so nothing else can be joined to it. */
type Narrowed<T extends TenantTable> = SelectQueryBuilder<TenantTables, T, unknown>;

/** No row has this number (0 is the installation's): the list of someone who belongs to none. */
const NOBODYS_COMPANY = -1;

/** Which action opens which table, where the caller of a builder says nothing else. */
const OPENED_BY = {
  events: 'event.read',
  sessions: 'session.read',
  computers: 'computer.read',
  day_totals: 'report.read',
  imports: 'import.read',
  agent_cursors: 'computer.read',
  sites: 'company.read',
  api_keys: 'key.read',
  api_key_usage: 'key.read',
  audit_trail: 'audit.read',
  life_spans: 'report.read',
} as const satisfies Record<TenantTable, Action>;

export class Scope {
  readonly caller: Caller;
  readonly #db: Kysely<Tables>;
  readonly #inside: Store['inside'];

  private constructor(db: Kysely<Tables>, inside: Store['inside'], caller: Caller) {
    this.#db = db;
    this.#inside = inside;
    this.caller = caller;
  }

  /** The scope of a caller whom `access` let in; throws for one that someone else made up. */
  static of({ db, inside }: Pick<Store, 'db' | 'inside'>, caller: Caller): Scope {
    if (!wasAdmitted(caller)) throw new Error('A scope is made for callers that access admitted.');
    return new Scope(db, inside, caller);
  }

  /** The companies in which the caller may do this, or all there are. */
  companies(action: Action): Companies {
    return companiesFor(this.caller, action);
  }

  /** The site and company of a key; throws for people, who have none. */
  site(): KeyCaller {
    if (this.caller.kind === 'key') return this.caller;
    throw new AppError('forbidden', 'access/key-needed', 'This is done with the API key of a site.');
  }

  /**
   * Makes sure that a company exists and that the caller may do this there. Answers in the same words, after the same
   * query, whether the company is missing or another's.
   */
  async requireCompany(action: Action, companyId: number): Promise<number> {
    const row = await this.companyRows(action)
      .select('companies.id')
      .where('companies.id', '=', companyId)
      .executeTakeFirst();
    if (row === undefined) throw companyNotFound();
    return row.id;
  }

  /** Companies of which the caller may know. */
  companyRows(action: Action = 'company.read') {
    return this.#db
      .selectFrom('companies')
      .where(
        'companies.id',
        'in',
        (eb) => this.#list(eb as never, action) as never,
      ) as unknown as SelectQueryBuilder<Pick<Tables, 'companies'>, 'companies', unknown>;
  }

  events(action: Action = OPENED_BY.events): Narrowed<'events'> {
    return this.#from('events', action);
  }
  sessions(action: Action = OPENED_BY.sessions): Narrowed<'sessions'> {
    return this.#from('sessions', action);
  }
  computers(action: Action = OPENED_BY.computers): Narrowed<'computers'> {
    return this.#from('computers', action);
  }
  dayTotals(action: Action = OPENED_BY.day_totals): Narrowed<'day_totals'> {
    return this.#from('day_totals', action);
  }
  imports(action: Action = OPENED_BY.imports): Narrowed<'imports'> {
    return this.#from('imports', action);
  }
  agentCursors(action: Action = OPENED_BY.agent_cursors): Narrowed<'agent_cursors'> {
    return this.#from('agent_cursors', action);
  }
  sites(action: Action = OPENED_BY.sites): Narrowed<'sites'> {
    return this.#from('sites', action);
  }
  apiKeys(action: Action = OPENED_BY.api_keys): Narrowed<'api_keys'> {
    return this.#from('api_keys', action);
  }
  apiKeyUsage(action: Action = OPENED_BY.api_key_usage): Narrowed<'api_key_usage'> {
    return this.#from('api_key_usage', action);
  }
  auditTrail(action: Action = OPENED_BY.audit_trail): Narrowed<'audit_trail'> {
    return this.#from('audit_trail', action);
  }

  lifeSpans(action: Action = OPENED_BY.life_spans): Narrowed<'life_spans'> {
    return this.#from('life_spans', action);
  }

  #from<T extends TenantTable>(table: T, action: Action): Narrowed<T> {
    // The types of a query over a table known only at run time are beyond the compiler; the text is plain.
    // The trail of the installation itself has a number that no company has.
    const everything = table === 'audit_trail' && this.companies(action) === 'all';
    const db = this.#inside(this.companies(action));
    const query = (db as unknown as Kysely<{ any: { company_id: number } }>).selectFrom(table as 'any');
    if (everything)
      return query.where('company_id' as never, '>=', INSTALLATION as never) as unknown as Narrowed<T>;
    const narrowed = query.where(`${table}.company_id` as 'any.company_id', 'in', (eb) =>
      this.#list(eb as never, action),
    );
    return narrowed as unknown as Narrowed<T>;
  }

  /** What stands after `company_id in`. A GlobalAdmin's list is a query, so that thousands of companies need no parameters. */
  #list(eb: ExpressionBuilder<Tables, never>, action: Action) {
    const companies = this.companies(action);
    if (companies === 'all') return eb.selectFrom('companies').select('companies.id');
    return sql<number>`(${sql.join(companies.length === 0 ? [NOBODYS_COMPANY] : companies)})` as never;
  }
}

/** What is said of a company that is missing or another's. */
export function companyNotFound(): AppError {
  return new AppError('not-found', 'company/not-found', 'There is no such company.');
}
