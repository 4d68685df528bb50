/** The PostgreSQL behind the stand-in: one connection for each of the stand-in's own. */
import pg from 'pg';
import { type Column, type ColumnKind, ServerError } from './tokens.ts';
import type { Query } from './tsql/parse.ts';

export interface Answer {
  /** Empty where a statement gives no rows. */
  readonly columns: readonly Column[];
  /** Values as text. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly count: number;
}

export interface Behind {
  run(query: Query): Promise<Answer>;
  end(): Promise<void>;
}

const AS_TEXT = { getTypeParser: () => (value: string) => value };
const KIND_OF: Readonly<Record<number, ColumnKind>> = {
  16: 'bit',
  19: 'text',
  20: 'int8',
  21: 'int2',
  23: 'int4',
  25: 'text',
  701: 'float',
  1042: 'text',
  1043: 'text',
};

export async function connectBehind(url: string): Promise<Behind> {
  const client = new pg.Client({ connectionString: url });
  // What is under way fails by itself.
  client.on('error', () => {});
  await client.connect();
  return {
    async run({ text, values }) {
      const told = { text, values: [...values], rowMode: 'array' as const, types: AS_TEXT as never };
      const { fields, rows, rowCount } = await client.query<(string | null)[]>(told);
      const columns = fields.map(({ name, dataTypeID }) => ({ name, kind: kindOf(name, dataTypeID) }));
      return { columns, rows, count: rowCount ?? 0 };
    },
    end: () => client.end(),
  };
}

function kindOf(name: string, type: number): ColumnKind {
  const kind = KIND_OF[type];
  if (kind === undefined)
    throw new ServerError(50000, `Column ${name} has a type the stand-in does not know.`);
  return kind;
}
