import { withClause } from '../sql/compile/scans/with';
import type { PreparedCreateTable, QueryParts } from '../sql/prepared';
import type { WriteSession } from '../storage/storage';
import { countRows } from '../storage/table-size';

/** From so many rows of a table on, what it costs to make a table is little beside its worth. */
export const MANY_ROWS = 1_000_000;

/**
 * Makes a table from a query over many rows in steps: what its WITH makes by windows, and mentions
 * more than once, becomes a temporary table of DuckDB's first. As part of one statement DuckDB keeps such a
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
  const drop = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await connection.run(`DROP TABLE temp.${name}`);
  };
  for (const [i, { name, sql }] of steps.spooled.entries()) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`);
    await drop(lastMentioned(steps, i));
  }
  const made = await make(steps.sql);
  await drop(lastMentioned(steps, steps.spooled.length));
  return made;
}

interface Steps {
  /** In order of dependence; the SQL of each knows those before it. */
  readonly spooled: readonly { readonly name: string; readonly sql: string }[];
  readonly sql: string;
}

/**
 * The query with the common tables apart from it that are mentioned several times, and are made by
 * windows or from such tables: windows hold all of their rows. Others, as a rule, are few rows.
 */
export function inSteps({ commonTables, body }: QueryParts): Steps {
  const everything = [...commonTables.map(({ sql }) => sql), body].join('\n');
  const names = new Set<string>();
  for (const { name, sql, isPlain } of commonTables) {
    const isRepeated = !isPlain && everything.split(name).length > 2;
    const isLarge = / OVER \(/.test(sql) || [...names].some((other) => sql.includes(other));
    if (isRepeated && isLarge) names.add(name);
  }
  const spooled = commonTables.flatMap(({ name, sql }, i) => {
    if (!names.has(name)) return [];
    const before = commonTables.slice(0, i).filter((other) => !names.has(other.name));
    return [{ name, sql: `${withClause(before)}${sql}` }];
  });
  const rest = commonTables.filter(({ name }) => !names.has(name));
  return { spooled, sql: `${withClause(rest)}${body}` };
}

/**
 * Names of the tables that no step after this one mentions: with all of their rows in memory, a later
 * step would have to spill its own. The step after the last table is the query itself.
 */
export function lastMentioned({ spooled, sql }: Steps, step: number): string[] {
  const texts = [...spooled.map((table) => table.sql), sql];
  return spooled
    .map(({ name }) => name)
    .filter((name) => texts.findLastIndex((text) => text.includes(name)) === step);
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
