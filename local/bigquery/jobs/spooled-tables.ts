import { withClause } from '../sql/compile/scans/with';
import type { CommonTable, PreparedCreateTable, QueryParts } from '../sql/prepared';
import type { WriteSession } from '../storage/storage';
import { countRows } from '../storage/table-size';

/** From so many rows of a table on, what it costs to make a table is little beside its worth. */
const MANY_ROWS = 1_000_000;

/**
 * Makes a table from a query over many rows in steps: each query of its WITH that is mentioned more
 * than once becomes a temporary table of DuckDB's. As part of one statement DuckDB keeps such a
 * query's rows to the end, and guesses how many they are; of a table it knows, and so builds the
 * hash table of a join from the smaller side.
 *
 * @param make makes the table from SQL of its rows
 */
export async function makeInSteps<T>(
  session: WriteSession,
  { asSql = '', asParts, referenced }: PreparedCreateTable,
  make: (sql: string) => Promise<T>,
): Promise<T> {
  const steps = asParts && inSteps(asParts);
  if (!steps?.spooled.length || !(await readsManyRows(session, referenced))) return make(asSql);
  const { connection } = session;
  for (const { name, sql } of steps.spooled) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`);
  }
  const made = await make(steps.sql);
  for (const { name } of steps.spooled) await connection.run(`DROP TABLE temp.${name}`);
  return made;
}

interface Steps {
  /** In order of dependence; the SQL of each knows those before it. */
  readonly spooled: readonly { readonly name: string; readonly sql: string }[];
  readonly sql: string;
}

/** The query with its common tables of several mentions apart from it. */
export function inSteps({ commonTables, body }: QueryParts): Steps {
  const everything = [...commonTables.map(({ sql }) => sql), body].join('\n');
  const isSpooled = ({ name, isPlain }: CommonTable): boolean =>
    !isPlain && everything.split(name).length > 2;
  const spooled = commonTables.flatMap((table, i) => {
    if (!isSpooled(table)) return [];
    const before = commonTables.slice(0, i).filter((other) => !isSpooled(other));
    return [{ name: table.name, sql: `${withClause(before)}${table.sql}` }];
  });
  const rest = commonTables.filter((table) => !isSpooled(table));
  return { spooled, sql: `${withClause(rest)}${body}` };
}

async function readsManyRows(
  session: WriteSession,
  referenced: PreparedCreateTable['referenced'],
): Promise<boolean> {
  for (const path of referenced) {
    const entry = session.catalog.find(path);
    if (entry?.kind === 'TABLE' && (await countRows(session, entry)) >= MANY_ROWS) return true;
  }
  return false;
}
