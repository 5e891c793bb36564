import type { ChosenColumn } from './choose-columns';
import { countForms } from './count-forms';
import type { DateOrder, MatchIncludes } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { sqlName } from './read-table';

/** Where nothing tells: the day first. */
const USUAL: DateOrder = 'dmy';

/** How a column writes its dates. */
interface DateOrders {
  /** The order of most values that can be read in one order alone. */
  readonly dateOrder: DateOrder;
  /** The same by file; undefined where none of its values tells. */
  readonly fileOrders: readonly (DateOrder | undefined)[];
}

/** @param every of so many records one is looked at */
export async function findDateOrders(
  warehouse: MatchWarehouse,
  { dateOrderPatterns }: MatchIncludes,
  column: ChosenColumn,
  every: number,
): Promise<DateOrders> {
  const files = await countForms(warehouse, column, every, dateOrderPatterns);
  const fileOrders = files.map((counts) => mostOf([counts]));
  return { dateOrder: mostOf(files) ?? USUAL, fileOrders };
}

function mostOf(files: readonly Readonly<Record<string, number>>[]): DateOrder | undefined {
  const count = (order: DateOrder) => files.reduce((sum, counts) => sum + (counts[order] ?? 0), 0);
  const [most] = (['dmy', 'mdy', 'ymd'] as const).toSorted((a, b) => count(b) - count(a));
  return most !== undefined && count(most) > 0 ? most : undefined;
}

/**
 * SQL of a column of the input, for DuckDB: dates of files that write them in an order of their own are
 * brought to the column's, since a value can't say which file it is from.
 */
export function inColumnOrder({
  column,
  dateOrder = USUAL,
  fileOrders = [],
}: ChosenColumn): string {
  const name = sqlName(column);
  const cases = fileOrders.flatMap((order, file) =>
    order === undefined || order === dateOrder
      ? []
      : [`WHEN ${file} THEN ${reordered(name, order, dateOrder)}`],
  );
  return cases.length === 0 ? name : `CASE "source no" ${cases.join(' ')} ELSE ${name} END`;
}

function reordered(name: string, from: DateOrder, to: DateOrder): string {
  const [first, second, third] = [...to].map((part) => `\\${2 * from.indexOf(part) + 1}`);
  const pattern = '^(\\d{1,2})(\\D+)(\\d{1,2})(\\D+)(\\d{4}|\\d{1,2})(\\D.*)?$';
  return `regexp_replace(${name}, '${pattern}', '${first}\\2${second}\\4${third}\\6')`;
}

const WORDS: Readonly<Record<DateOrder, string>> = {
  dmy: 'day before month',
  mdy: 'month before day',
  ymd: 'year, month, day',
};

/** Only what is not the usual way is worth a line. */
export function orderNotes(
  { column, dateOrder = USUAL, fileOrders = [] }: ChosenColumn,
  files: readonly string[],
): string[] {
  const isOne = fileOrders.every((order) => order === undefined || order === dateOrder);
  const says = (of: string, order: DateOrder) =>
    `${of} is read as ${WORDS[order]}, as most of its values that leave no doubt.`;
  if (isOne) return dateOrder === USUAL ? [] : [says(column, dateOrder)];
  return fileOrders.map((order, at) => says(`${column} of ${files[at]}`, order ?? dateOrder));
}
