import { type Explanation, explainPair } from '@tributary/functions/identity/explain';
import { UserError } from '@tributary/functions/shared/errors';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { MatchIncludes } from './includes';
import type { Learnt } from './learn';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { sqlName } from './read-table';
import { idSql } from './write-answers';

/**
 * Why two records are, or are not, one person: whether or not a rule made their pair.
 *
 * @param ids of the two records
 * @throws UserError where an id is unknown
 */
export async function explainRecords(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  prepared: PreparedRecords,
  learnt: Learnt,
  ids: readonly [string, string],
): Promise<Explanation> {
  const [one, other] = [
    await recordOf(warehouse, prepared, ids[0]),
    await recordOf(warehouse, prepared, ids[1]),
  ];
  if (one === other) throw new UserError('--explain asks for two records: give two ids.');
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
  const values = await valuesOf(warehouse, prepared, [one, other]);
  const steps = recipe.comparisons.map(({ name, levels: names }) => {
    const level = Number(levels?.[`level_${name}`] ?? -1);
    return {
      name: columnOf(prepared, name),
      level: level < 0 ? 'missing' : (names[level]?.name ?? 'else'),
      left: textOf(values[0]?.[name]),
      right: textOf(values[1]?.[name]),
      weight: Number(weights?.[`weight_${name}`] ?? 0),
    };
  });
  return explainPair(learnt.prior, steps);
}

async function recordOf(
  { files }: MatchWarehouse,
  prepared: PreparedRecords,
  id: string,
): Promise<number> {
  const isFiled = prepared.sourceCount > 1 && /^\d+:/.test(id);
  const [, file = '', rest = id] = isFiled ? (/^(\d+):(.*)$/s.exec(id) ?? []) : [];
  const where = isFiled ? ` AND "source no" = ${Number(file) - 1}` : '';
  const read = await files.runAndReadAll(
    `SELECT "record no"::INTEGER FROM input WHERE ${idSql(prepared)} = $id${where} ORDER BY 1 LIMIT 2`,
    { id: rest },
  );
  const [first, second] = read.getRows();
  if (!first) throw new UserError(`No record has the id "${id}": give two ids of the input.`);
  if (second) {
    throw new UserError(`Two files have a record "${id}": write 1:${id} or 2:${id}.`);
  }
  return Number(first[0]);
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
