import type { Random } from '../../../demo/random/random';
import { dateText, type SqlValue, timestampText } from '../../sql/analyzer/value';
import { duckFieldNames } from '../../sql/duck-type';
import type { GoogleSqlType } from '../../sql/types';
import { FAR_BACK, type Population } from './population';
import { namedRecipes, properties, type Recipe, web, words } from './value-pools';

/** What the values of one row have in common. */
export interface RowContext {
  readonly random: Random;
  readonly population: Population;
  /** Index of the person (visitor, customer) that the row is about. */
  readonly subject: number;
  /** Microseconds since 1970 around which the row's times lie. */
  readonly moment: number;
  /** String literals of the models by column name in lower case. */
  readonly literals: ReadonlyMap<string, readonly string[]>;
}

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
/** One id in seven is another subject's, so that joins on several columns also fail. */
const STRANGER = 0.15;
const MOST_ITEMS = 4;

/** A value of the type, never NULL at the top; fields and items of it may be. */
export function randomValue(name: string, type: GoogleSqlType, row: RowContext): SqlValue {
  const { random } = row;
  switch (type.kind) {
    case 'ARRAY':
      return Array.from({ length: random.below(MOST_ITEMS + 1) }, () =>
        randomValue(name, type.element, row),
      );
    case 'STRUCT': {
      const names = duckFieldNames(type.fields);
      const fields = type.fields.map((field, index) => [
        names[index] as string,
        random.chance(0.1) ? null : randomValue(field.name, field.type, row),
      ]);
      return Object.fromEntries(fields);
    }
    case 'TIMESTAMP':
      return timestampText(BigInt(randomMicros(name, row)));
    case 'DATETIME':
      return timestampText(BigInt(randomMicros(name, row))).slice(0, -'+00'.length);
    case 'DATE':
      return dateText(Math.floor(randomDay(row) / DAY));
    case 'TIME':
      return timestampText(BigInt(random.below(86_400) * SECOND)).slice(11, 19);
    case 'BYTES':
      return Buffer.from(random.pick(words), 'utf8');
    default:
      return scalar(name, type, row);
  }
}

function scalar(name: string, type: GoogleSqlType, row: RowContext): SqlValue {
  const recipe = findRecipe(name, type);
  switch (recipe?.kind) {
    case 'id':
      return randomId(recipe.pools, row);
    case 'url':
      return randomUrl(row.random);
    case 'referrer':
      return row.random.pick(web.referrers);
    case 'chance':
      return row.random.chance(recipe.of);
    case 'micros':
      return BigInt(randomMicros(name, row));
    case 'number':
      return randomNumber(recipe, type, row.random);
    case 'properties':
      return JSON.stringify(row.random.pick(properties));
    default:
      if (type.kind === 'JSON') return JSON.stringify(row.random.pick(properties));
      return randomWord(name, recipe, row);
  }
}

/** What each kind of recipe can make. */
const MAKES: Readonly<Record<Recipe['kind'], readonly GoogleSqlType['kind'][]>> = {
  id: ['STRING'],
  pick: ['STRING'],
  url: ['STRING'],
  referrer: ['STRING'],
  properties: ['JSON'],
  micros: ['INT64'],
  number: ['INT64', 'NUMERIC', 'FLOAT64'],
  chance: ['BOOL'],
};

const found = new Map<string, Recipe | undefined>();

export function findRecipe(name: string, type: GoogleSqlType): Recipe | undefined {
  const key = `${type.kind} ${name}`;
  if (!found.has(key)) {
    const fits = namedRecipes.find(
      (it) => it.name.test(name) && MAKES[it.recipe.kind].includes(type.kind),
    );
    found.set(key, fits?.recipe);
  }
  return found.get(key);
}

function randomId(
  pools: readonly (readonly [begin: string, perSubject: number])[],
  { random, population, subject }: RowContext,
): string {
  const owner = random.chance(STRANGER) ? population.subject(random) : subject;
  const [begin, perSubject] = random.pick(pools);
  // One subject in thirty-one shows that ids are compared by their bytes.
  const letter = owner % 31 === 7 ? 'É' : '';
  return `${begin}${letter}${owner * perSubject + random.below(perSubject)}`;
}

/** Half of the strings are those that the models look for, where they look for any. */
function randomWord(name: string, recipe: Recipe | undefined, row: RowContext): string {
  const literals = row.literals.get(name.toLowerCase()) ?? [];
  const own = recipe?.kind === 'pick' ? recipe.values : words;
  return row.random.pick(literals.length > 0 && row.random.chance(0.5) ? literals : own);
}

function randomUrl(random: Random): string {
  const page = `${random.pick(web.hosts)}${random.pick(web.paths)}`;
  if (random.chance(0.6)) return page;
  const mark = page.includes('?') ? '&' : '?';
  return `${page}${mark}${random.pick(web.parameters)}${random.chance(0.1) ? '#top' : ''}`;
}

function randomNumber(
  { from, to, decimals }: { readonly from: number; readonly to: number; readonly decimals: number },
  type: GoogleSqlType,
  random: Random,
): SqlValue {
  const value = random.chance(0.05) ? 0 : random.between(from, to);
  if (type.kind === 'INT64') return BigInt(Math.round(value));
  if (type.kind === 'FLOAT64') return Number(value.toFixed(decimals));
  const text = value.toFixed(decimals);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** Times of a row lie within the hour; few lie on other days, at the same instant, or far back. */
function randomMicros(name: string, { random, population, moment }: RowContext): number {
  const kind = random.uniform();
  if (kind < 0.01) return FAR_BACK;
  if (kind < 0.05) return population.moment(population.subject(random), random);
  if (/^(occurred|started|converted|ordered)/.test(name) || kind < 0.2) return moment;
  return moment + Math.floor(random.exponential(300)) * SECOND + (kind < 0.4 ? 123_456 : 0);
}

function randomDay({ random, population, moment }: RowContext): number {
  return random.chance(0.1) ? population.moment(population.subject(random), random) : moment;
}
