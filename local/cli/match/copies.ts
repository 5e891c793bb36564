import type { ChosenColumns } from './choose-columns';
import type { Recipe } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { sqlName } from './read-table';

/**
 * Where all records are the same in what is compared, nothing can be learnt: they are one person's if they
 * name one, and else nobody can tell whose. Undefined where records differ.
 */
export type Copies = 'one_person' | 'untold' | undefined;

/**
 * Whether all records are copies of one, which has a value. Where unique identifiers are named they decide.
 *
 * @param table quoted name of the cleansed records
 */
export async function findCopies(
  warehouse: MatchWarehouse,
  columns: ChosenColumns,
  { names_person }: Recipe,
  table: string,
): Promise<Copies> {
  if (!(await areAllSame(warehouse, columns))) return undefined;
  const [first] = await warehouse.query<{ readonly is_person: boolean }>(
    `SELECT ${names_person} AS is_person FROM ${table} LIMIT 1`,
  );
  return first?.is_person ? 'one_person' : 'untold';
}

async function areAllSame(
  { files }: MatchWarehouse,
  { compared, unique }: ChosenColumns,
): Promise<boolean> {
  if (unique.length > 0) return false;
  const names = compared.map(({ column }) => sqlName(column));
  const differs = names.map((name) => `input.${name} IS DISTINCT FROM first.${name}`);
  const said = names.map((name) => `said(${name})`);
  // Seldom more than a few records are read.
  const read = await files.runAndReadAll(
    `WITH first AS MATERIALIZED (SELECT ${names.join(', ')} FROM input LIMIT 1)
    SELECT coalesce(${said.join(', ')}) IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM input, first WHERE ${differs.join(' OR ')} LIMIT 1) FROM first`,
  );
  return read.getRows()[0]?.[0] === true;
}
