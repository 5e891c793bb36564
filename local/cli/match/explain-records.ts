import { type Explanation, explainPair } from '@tributary/functions/identity/explain';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { MatchIncludes } from './includes';
import type { Learnt } from './learn';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { sqlName } from './read-table';

/**
 * Why two records are, or are not, one person: whether or not a rule made their pair.
 *
 * @param records their numbers
 */
export async function explainRecords(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  prepared: PreparedRecords,
  learnt: Learnt,
  records: readonly [number, number],
): Promise<Explanation> {
  const [one, other] = records;
  const [left, right] = one < other ? [one, other] : [other, one];
  const pair = `SELECT ${left} AS left_no, ${right} AS right_no, 0 AS rules`;
  const { recipe, table } = prepared;
  const compared = includes.queries.comparedPairs(recipe, pair, table, { across_sources: false });
  const [levels] = await warehouse.query(compared);
  const [weights] = await warehouse.query(
    includes.weights.scoredPairs({
      compared: `(${compared})`,
      weights: learnt.weights,
      prior: learnt.prior,
      each: true,
    }),
  );
  const values = await valuesOf(warehouse, prepared, records);
  const steps = recipe.comparisons.map(({ name, levels: names }) => {
    const level = Number(levels?.[`level_${name}`] ?? -1);
    const [left = null, right = null] = values.map((row) => textOf(row?.[name]));
    // Of namesakes' mailboxes, and of the surname where names are swapped.
    const silent = left === null || right === null ? 'missing' : 'says_nothing';
    return {
      name: columnOf(prepared, name),
      level: level < 0 ? silent : (names[level]?.name ?? 'else'),
      left,
      right,
      weight: Number(weights?.[`weight_${name}`] ?? 0),
    };
  });
  return explainPair(learnt.prior, steps);
}

/** The records' values as they were compared. */
async function valuesOf(
  warehouse: MatchWarehouse,
  { recipe, table }: PreparedRecords,
  numbers: readonly number[],
): Promise<(Row | undefined)[]> {
  const names = recipe.comparisons.map(({ name }) => sqlName(name).replaceAll('"', '`'));
  const rows = await warehouse.query(
    `SELECT record_no, ${names.join(', ')} FROM ${table} WHERE record_no IN (${numbers.join(', ')})`,
  );
  return numbers.map((number) => rows.find(({ record_no }) => Number(record_no) === number));
}

/** What the file calls it. */
function columnOf({ columns }: PreparedRecords, comparison: string): string {
  return columns.compared.find(({ slot }) => slot === comparison)?.column ?? comparison;
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
