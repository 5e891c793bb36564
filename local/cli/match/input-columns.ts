import type { MatchSettings } from '@tributary/functions/identity/settings';
import type { Clock } from '@tributary/functions/shared/clock';
import { UserError } from '@tributary/functions/shared/errors';
import type { ChosenColumn, ChosenColumns } from './choose-columns';
import { countForms } from './count-forms';
import { findDateOrders } from './date-orders';
import type { InputColumn, MatchIncludes } from './includes';
import type { MatchWarehouse } from './match-warehouse';

/** Addresses of which fewer have a number of a flat are compared without. */
const LEAST_UNITS = 0.001;
const LOOKED_AT = 20_000;

/** Of so many records one is looked at. */
const sampleStep = (recordCount: number): number => Math.ceil(recordCount / LOOKED_AT);

/**
 * What a sample of the values says of their columns: whether addresses have numbers of flats (to look for
 * them takes time, and mostly there are none), and in which order dates are written.
 */
export async function withForms(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  columns: ChosenColumns,
  recordCount: number,
  clock: Clock,
): Promise<ChosenColumns> {
  const every = sampleStep(recordCount);
  const compared: ChosenColumn[] = [];
  for (const one of columns.compared) {
    const look = { address: withUnits, date_of_birth: withOrder }[one.kind as string];
    compared.push(look === undefined ? one : await look(warehouse, includes, one, every, clock));
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
  const files = await countForms(warehouse, column, every, { units: pattern });
  const sum = (form: string) => files.reduce((total, counts) => total + (counts[form] ?? 0), 0);
  const [all, units] = [sum('all'), sum('units')];
  return all > 0 && units >= LEAST_UNITS * all ? { ...column, hasUnits: true } : column;
}

/** In which order a date's parts stand, and which century a year of two digits is of. */
async function withOrder(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  column: ChosenColumn,
  every: number,
  clock: Clock,
): Promise<ChosenColumn> {
  const orders = await findDateOrders(warehouse, includes, column, every);
  return { ...column, ...orders, pivotYear: clock().getUTCFullYear() };
}

/** The columns of an earlier run over a file of new records, which may write its dates in an order of its own. */
export async function withFileOrders(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  columns: readonly ChosenColumn[],
  recordCount: number,
): Promise<ChosenColumn[]> {
  const found: ChosenColumn[] = [];
  for (const one of columns) {
    if (one.kind !== 'date_of_birth') {
      found.push(one);
      continue;
    }
    const { fileOrders } = await findDateOrders(warehouse, includes, one, sampleStep(recordCount));
    found.push({ ...one, fileOrders });
  }
  return found;
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
  return compared.map(({ slot, kind, hasUnits, dateOrder, pivotYear }) => ({
    column: slot,
    kind,
    ...(hasUnits && { has_units: true }),
    ...(dateOrder && { date_order: dateOrder }),
    ...(pivotYear && { pivot_year: pivotYear }),
    ...(kind === 'phone' && isKnown && { country }),
  }));
}
