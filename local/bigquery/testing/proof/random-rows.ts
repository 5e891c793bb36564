import { Random, streams } from '../../../demo/random/random';
import type { Column } from '../../sql/catalog';
import { keyText, linkColumns, type SqlRow } from './linked-columns';
import { Population } from './population';
import { findRecipe, type RowContext, randomValue } from './random-value';
import type { TableRules } from './table-rules';
import { grid } from './value-pools';

export interface RandomTable {
  /** Name of the table: each has random numbers of its own. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rules: TableRules;
}

export interface RandomOptions {
  readonly seed: number;
  readonly rows: number;
  /** String literals of the models by column name. */
  readonly literals: ReadonlyMap<string, readonly string[]>;
}

const NULL_SHARE = 0.08;
/** A column of a key of several is seldom NULL; one that is the key by itself never. */
const NULL_SHARE_IN_KEYS = 0.03;
/** Where nothing forbids it, one row in fifty stands twice. */
const REPEATED = 0.02;
/** A key may not have as many values as rows are asked for: then there are fewer rows. */
const TRIES_PER_ROW = 20;

/**
 * Random rows that keep to the table's rules; the same for the same seed, table name and options.
 * Fewer than asked for where the keys do not have enough values.
 */
export function randomRows(
  { name, columns, rules }: RandomTable,
  { seed, rows: wanted, literals }: RandomOptions,
): SqlRow[] {
  const random = new Random(seed, streams.proof, hashName(name));
  const population = new Population(seed, wanted);
  const shares = columns.map((column) => nullShare(column, rules));
  const taken = rules.uniqueKeys.map(() => new Set<string>());
  const makeRow = (isAnyone: boolean): SqlRow => {
    const subject = isAnyone ? random.below(population.size) : population.subject(random);
    const moment = population.moment(subject, random);
    const context: RowContext = { random, population, subject, moment, literals };
    return Object.fromEntries(
      columns.map((column, index) => [
        column.name,
        random.chance(shares[index] ?? 0) ? null : randomValue(column.name, column.type, context),
      ]),
    );
  };
  const rows = gridCells(columns, population).map((cell) => ({ ...makeRow(false), ...cell }));
  for (const row of rows) claimKeys(row, rules.uniqueKeys, taken);
  for (let tries = 0; rows.length < wanted && tries < wanted * TRIES_PER_ROW; tries++) {
    if (rules.uniqueKeys.length === 0 && rows.length > 0 && random.chance(REPEATED)) {
      rows.push(random.pick(rows));
      continue;
    }
    // Most subjects are seldom met: who is still missing in a key is found among all.
    const row = makeRow(tries >= wanted);
    if (claimKeys(row, rules.uniqueKeys, taken)) rows.push(row);
  }
  return linkColumns(rows, columns);
}

/** Every currency on every day, where the table holds rates. */
function gridCells(columns: readonly Column[], { allDays }: Population): SqlRow[] {
  const picked = columns.find(({ name }) => name === grid.picked);
  const dated = columns.find(({ name }) => name === grid.dated);
  const recipe = picked && findRecipe(picked.name, picked.type);
  if (!dated || recipe?.kind !== 'pick') return [];
  return allDays.flatMap((day) =>
    recipe.values.map((value) => ({ [grid.picked]: value, [grid.dated]: day })),
  );
}

function claimKeys(
  row: SqlRow,
  keys: readonly (readonly string[])[],
  taken: readonly Set<string>[],
): boolean {
  const texts = keys.map((columns) => keyText(row, columns));
  if (texts.some((text, index) => taken[index]?.has(text))) return false;
  texts.forEach((text, index) => {
    taken[index]?.add(text);
  });
  return true;
}

function nullShare({ name, type, required }: Column, { uniqueKeys, nonNull }: TableRules): number {
  if (required || nonNull.has(name) || type.kind === 'ARRAY') return 0;
  const keys = uniqueKeys.filter((columns) => columns.includes(name));
  if (keys.some((columns) => columns.length === 1)) return 0;
  return keys.length > 0 ? NULL_SHARE_IN_KEYS : NULL_SHARE;
}

/** FNV-1a over the name's UTF-16 units. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
