import type { ChosenColumns } from './choose-columns';
import type { Recipe } from './includes';
import type { MatchWarehouse } from './match-warehouse';

/**
 * Where all records are the same in what is compared, nothing can be learnt: they are one person's if they
 * name one, and else nobody can tell whose. Undefined where records differ.
 */
export type Copies = 'one_person' | 'untold' | undefined;

/** Records that are looked at before all are: hardly any table begins with so many copies. */
const FIRST = 1000;

/**
 * Whether all records are copies of one, as they are compared. Where unique identifiers are named they decide.
 *
 * @param table quoted name of the cleansed records
 */
export async function findCopies(
  warehouse: MatchWarehouse,
  { unique }: ChosenColumns,
  { comparisons, names_person }: Recipe,
  table: string,
): Promise<Copies> {
  if (unique.length > 0) return undefined;
  const names = comparisons.map(({ name }) => name).join(', ');
  const areSame = async (records: string) => {
    const [found] = await warehouse.query<{ readonly kinds: number }>(
      `SELECT COUNT(*) AS kinds FROM (SELECT DISTINCT ${names} FROM ${records})`,
    );
    return Number(found?.kinds ?? 0) < 2;
  };
  if (!(await areSame(`${table} WHERE record_no <= ${FIRST}`)) || !(await areSame(table))) {
    return undefined;
  }
  const [first] = await warehouse.query<{ readonly is_person: boolean }>(
    `SELECT ${names_person} AS is_person FROM ${table} LIMIT 1`,
  );
  return first?.is_person ? 'one_person' : 'untold';
}
