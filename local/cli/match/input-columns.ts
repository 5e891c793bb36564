import type { MatchSettings } from '@tributary/functions/identity/settings';
import { UserError } from '@tributary/functions/shared/errors';
import type { ChosenColumn, ChosenColumns } from './choose-columns';
import type { InputColumn, MatchIncludes } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { sqlName, sqlString } from './read-table';

/** Addresses of which fewer have a number of a flat are compared without. */
const LEAST_UNITS = 0.001;
const LOOKED_AT = 20_000;

/**
 * What a sample of the values says of their columns: whether addresses have numbers of flats (to look for
 * them takes time, and mostly there are none), and in which order dates are written.
 */
export async function withForms(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  columns: ChosenColumns,
  recordCount: number,
): Promise<ChosenColumns> {
  const every = Math.ceil(recordCount / LOOKED_AT);
  const compared: ChosenColumn[] = [];
  for (const one of columns.compared) {
    const look = { address: withUnits, date_of_birth: withOrder }[one.kind as string];
    compared.push(look === undefined ? one : await look(warehouse, includes, one, every));
  }
  return { ...columns, compared };
}

async function withUnits(
  warehouse: MatchWarehouse,
  { unitPatterns }: MatchIncludes,
  column: ChosenColumn,
  every: number,
): Promise<ChosenColumn> {
  const pattern = Object.values(unitPatterns).join('|');
  const { all = 0, units = 0 } = await countForms(warehouse, column, every, { units: pattern });
  return all > 0 && units >= LEAST_UNITS * all ? { ...column, hasUnits: true } : column;
}

/** The order of most values that can be read in one alone. */
async function withOrder(
  warehouse: MatchWarehouse,
  { dateOrderPatterns }: MatchIncludes,
  column: ChosenColumn,
  every: number,
): Promise<ChosenColumn> {
  const {
    dmy = 0,
    mdy = 0,
    ymd = 0,
  } = await countForms(warehouse, column, every, dateOrderPatterns);
  if (Math.max(mdy, ymd) <= dmy) return column;
  return { ...column, dateOrder: mdy >= ymd ? 'mdy' : 'ymd' };
}

/** How many values of a sample there are, and how many have each form. */
async function countForms(
  { files }: MatchWarehouse,
  { column }: ChosenColumn,
  every: number,
  patterns: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const name = sqlName(column);
  const forms = Object.entries(patterns).map(
    ([form, pattern]) =>
      `count(*) FILTER (regexp_matches(${name}, ${sqlString(pattern)}))::INTEGER AS ${sqlName(form)}`,
  );
  const read = await files.runAndReadAll(
    `SELECT count(*)::INTEGER AS "all", ${forms.join(', ')} FROM input WHERE "record no" % ${every} = 0 AND ${name} IS NOT NULL`,
  );
  return read.getRowObjectsJS()[0] as Record<string, number>;
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
  return compared.map(({ slot, kind, hasUnits, dateOrder }) => ({
    column: slot,
    kind,
    ...(hasUnits && { has_units: true }),
    ...(dateOrder && { date_order: dateOrder }),
    ...(kind === 'phone' && isKnown && { country }),
  }));
}
