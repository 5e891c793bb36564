import type { ChosenColumn } from './choose-columns';
import type { MatchWarehouse } from './match-warehouse';
import { sqlName, sqlString } from './read-table';

/**
 * By file: how many values of a sample there are (`all`), and how many have each form.
 *
 * @param every of so many records one is looked at
 * @param patterns of the forms, for RE2
 */
export async function countForms(
  { files }: MatchWarehouse,
  { column }: ChosenColumn,
  every: number,
  patterns: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>[]> {
  const name = sqlName(column);
  const isLookedAt = `"record no" % ${every} = 0 AND ${name} IS NOT NULL`;
  const forms = Object.entries(patterns).map(
    ([form, pattern]) =>
      `count(*) FILTER (${isLookedAt} AND regexp_matches(${name}, ${sqlString(pattern)}))::INTEGER AS ${sqlName(form)}`,
  );
  const read = await files.runAndReadAll(
    `SELECT count(*) FILTER (${isLookedAt})::INTEGER AS "all", ${forms.join(', ')} FROM input GROUP BY "source no" ORDER BY "source no"`,
  );
  return read.getRowObjectsJS() as Record<string, number>[];
}
