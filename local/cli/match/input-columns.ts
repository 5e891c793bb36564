import type { MatchSettings } from '@tributary/functions/identity/settings';
import { UserError } from '@tributary/functions/shared/errors';
import type { ChosenColumn, ChosenColumns } from './choose-columns';
import type { InputColumn, MatchIncludes } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { sqlName, sqlString } from './read-table';

/** Addresses of which fewer have a number of a flat are compared without. */
const LEAST_UNITS = 0.001;
const LOOKED_AT = 20_000;

/** Which addresses have numbers of flats, by a sample: to look for them takes time, and mostly there are none. */
export async function withUnits(
  { files }: MatchWarehouse,
  { unitPatterns }: MatchIncludes,
  columns: ChosenColumns,
  recordCount: number,
): Promise<ChosenColumns> {
  const compared: ChosenColumn[] = [];
  for (const column of columns.compared) {
    if (column.kind !== 'address') {
      compared.push(column);
      continue;
    }
    const every = Math.ceil(recordCount / LOOKED_AT);
    const pattern = sqlString(Object.values(unitPatterns).join('|'));
    const read = await files.runAndReadAll(
      `SELECT count(*) FILTER (regexp_matches(${sqlName(column.column)}, ${pattern})) >= ${LEAST_UNITS} * count(*) AND count(*) > 0
      FROM input WHERE "record no" % ${every} = 0 AND ${sqlName(column.column)} IS NOT NULL`,
    );
    compared.push(read.getRows()[0]?.[0] === true ? { ...column, hasUnits: true } : column);
  }
  return { ...columns, compared };
}

/**
 * The recipe's columns: phones with their country, where the settings or a column tell it.
 *
 * @throws UserError for a default country whose numbers are not known
 */
export function inputColumns(
  { countries }: MatchIncludes,
  { compared }: ChosenColumns,
  { default_country }: MatchSettings,
): InputColumn[] {
  if (default_country !== undefined && countries[default_country] === undefined) {
    throw new UserError(
      `"default_country": numbers of ${default_country} are not known; there are ${Object.keys(countries).join(', ')}.`,
    );
  }
  const column = compared.find(({ kind }) => kind === 'country')?.slot;
  const country = {
    ...(column && { column }),
    ...(default_country && { default: default_country }),
  };
  const isKnown = Object.keys(country).length > 0;
  return compared.map(({ slot, kind, hasUnits }) => ({
    column: slot,
    kind,
    ...(hasUnits && { has_units: true }),
    ...(kind === 'phone' && isKnown && { country }),
  }));
}
