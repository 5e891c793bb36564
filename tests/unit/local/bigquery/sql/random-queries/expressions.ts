import type { Dice } from './dice';

export type ScalarType = 'INT64' | 'FLOAT64' | 'STRING' | 'BOOL' | 'DATE' | 'NUMERIC';
export const SCALARS: readonly ScalarType[] = [
  'INT64',
  'INT64',
  'FLOAT64',
  'STRING',
  'STRING',
  'BOOL',
  'DATE',
  'NUMERIC',
];

/** A value that expressions may mention. */
export interface Value {
  readonly sql: string;
  readonly type: ScalarType | 'TAGS' | 'NUMS' | 'PARAMS';
}

/** What a random expression is made from. */
export interface Scope {
  readonly dice: Dice;
  readonly values: readonly Value[];
  /** Makes a subquery of one column that may mention the values; undefined where none may stand. */
  readonly subquery?: (type: ScalarType, values: readonly Value[]) => string;
  /** Makes names that no other part of the query uses. */
  readonly name: () => string;
}

const LITERALS: Readonly<Record<ScalarType, readonly string[]>> = {
  INT64: ['0', '1', '2', '-1', '3', 'CAST(NULL AS INT64)'],
  FLOAT64: ['0.5', '1.25', '-2.0', "CAST('nan' AS FLOAT64)"],
  STRING: ["'a'", "'b'", "''", "'ab'", "'x'", 'CAST(NULL AS STRING)'],
  BOOL: ['TRUE', 'FALSE', 'CAST(NULL AS BOOL)'],
  DATE: ["DATE '2024-01-31'", "DATE '2024-02-01'"],
  NUMERIC: ["NUMERIC '1.5'", "NUMERIC '0'"],
};

type Maker = (scope: Scope, depth: number) => string;

/** A random expression of a type, at most `depth` calls deep. */
export function expression(type: ScalarType, scope: Scope, depth: number): string {
  const { dice, values } = scope;
  const known = values.filter((value) => value.type === type);
  if (depth <= 0 || dice.chance(0.3)) {
    return known.length > 0 && dice.chance(0.85) ? dice.pick(known).sql : dice.pick(LITERALS[type]);
  }
  if (scope.subquery && dice.chance(0.12)) return subqueryOf(type, scope, depth);
  const arrays = values.filter((value) => ['TAGS', 'NUMS', 'PARAMS'].includes(value.type));
  if (arrays.length > 0 && dice.chance(0.25)) {
    const made = fromArray(type, dice.pick(arrays), scope, depth);
    if (made !== undefined) return made;
  }
  return dice.pick([...MAKERS[type], ...GENERAL(type)])(scope, depth - 1);
}

const of =
  (type: ScalarType): Maker =>
  (scope, depth) =>
    expression(type, scope, depth);
const call =
  (template: string, ...types: readonly ScalarType[]): Maker =>
  (scope, depth) =>
    template.replace(/\$(\d)/g, (_, i) => of(types[Number(i)] as ScalarType)(scope, depth));

const GENERAL = (type: ScalarType): readonly Maker[] => [
  call('IF($0, $1, $2)', 'BOOL', type, type),
  call('COALESCE($0, $1)', type, type),
  call('NULLIF($0, $1)', type, type),
  call('CASE WHEN $0 THEN $1 WHEN $2 THEN $3 END', 'BOOL', type, 'BOOL', type),
  call('CASE $0 WHEN $1 THEN $2 ELSE $3 END', 'INT64', 'INT64', type, type),
];

const comparable = (template: string): readonly Maker[] =>
  SCALARS.map((type) => call(template, type, type, type));

const MAKERS: Readonly<Record<ScalarType, readonly Maker[]>> = {
  INT64: [
    call('($0 + $1)', 'INT64', 'INT64'),
    call('($0 - $1)', 'INT64', 'INT64'),
    call('(-$0)', 'INT64'),
    call('ABS($0)', 'INT64'),
    call('LENGTH($0)', 'STRING'),
    call('DATE_DIFF($0, $1, DAY)', 'DATE', 'DATE'),
    call('EXTRACT(DAY FROM $0)', 'DATE'),
    call('MOD($0, 3)', 'INT64'),
    call('STRUCT($0 AS a, $1 AS b).a', 'INT64', 'STRING'),
    call('GREATEST($0, $1)', 'INT64', 'INT64'),
    call('[$0, $1][SAFE_OFFSET(MOD(ABS(IFNULL($2, 0)), 3))]', 'INT64', 'INT64', 'INT64'),
  ],
  FLOAT64: [
    call('($0 + $1)', 'FLOAT64', 'FLOAT64'),
    call('($0 * 2)', 'FLOAT64'),
    call('SAFE_DIVIDE($0, $1)', 'INT64', 'INT64'),
    call('CAST($0 AS FLOAT64)', 'INT64'),
  ],
  STRING: [
    call('CONCAT($0, $1)', 'STRING', 'STRING'),
    call('UPPER($0)', 'STRING'),
    call('CAST($0 AS STRING)', 'INT64'),
    call('CAST($0 AS STRING)', 'DATE'),
    call("FORMAT_DATE('%Y-%m', $0)", 'DATE'),
    call('SUBSTR($0, 1, 1)', 'STRING'),
  ],
  BOOL: [
    ...comparable('($0 = $1)'),
    ...comparable('($0 <> $1)'),
    ...comparable('($0 < $1)'),
    ...comparable('($0 >= $1)'),
    ...comparable('($0 IS NULL)'),
    ...comparable('($0 IS NOT DISTINCT FROM $1)'),
    ...comparable('($0 IN ($1, $2))'),
    ...comparable('($0 NOT IN ($1, $2))'),
    ...comparable('($0 BETWEEN ($1) AND ($2))'),
    ...Array.from({ length: 8 }, () => call('($0 AND $1)', 'BOOL', 'BOOL')),
    ...Array.from({ length: 6 }, () => call('($0 OR $1)', 'BOOL', 'BOOL')),
    ...Array.from({ length: 4 }, () => call('(NOT $0)', 'BOOL')),
    call('($0 IS TRUE)', 'BOOL'),
    call('($0 IS NOT FALSE)', 'BOOL'),
    call("($0 LIKE '%b%')", 'STRING'),
    call('STARTS_WITH($0, $1)', 'STRING', 'STRING'),
    call(
      '((STRUCT($0 AS x, $1 AS y)) = (STRUCT($2 AS x, $3 AS y)))',
      'INT64',
      'STRING',
      'INT64',
      'STRING',
    ),
    call('(($0, $1) IN ((1, "a"), ($2, $3)))', 'INT64', 'STRING', 'INT64', 'STRING'),
  ],
  DATE: [
    call('DATE_ADD($0, INTERVAL 1 MONTH)', 'DATE'),
    call('DATE_TRUNC($0, MONTH)', 'DATE'),
    call('LAST_DAY($0)', 'DATE'),
  ],
  NUMERIC: [
    call('($0 + $1)', 'NUMERIC', 'NUMERIC'),
    call('($0 * 2)', 'NUMERIC'),
    call('CAST($0 AS NUMERIC)', 'INT64'),
  ],
};

const AGGREGATES: Readonly<Partial<Record<ScalarType, readonly string[]>>> = {
  INT64: ['SUM($)', 'MIN($)', 'MAX($)', 'COUNT(DISTINCT $)', 'COUNT($)'],
  STRING: ['MIN($)', 'MAX($)', 'STRING_AGG($, "," ORDER BY $)'],
  BOOL: ['LOGICAL_OR($)', 'LOGICAL_AND($)'],
  FLOAT64: ['MAX($)', 'MIN($)', 'SUM($)'],
  NUMERIC: ['SUM($)', 'MAX($)', 'MIN($)'],
  DATE: ['MIN($)', 'MAX($)'],
};

/** An aggregate whose result has the type, over an argument from `scope`. */
export function aggregate(type: ScalarType, scope: Scope, depth: number): string {
  const { dice } = scope;
  if (type === 'INT64' && dice.chance(0.3)) {
    return dice.chance(0.5) ? 'COUNT(*)' : `COUNTIF(${expression('BOOL', scope, depth)})`;
  }
  if (type === 'FLOAT64' && dice.chance(0.4)) return `AVG(${expression('INT64', scope, depth)})`;
  const template = dice.pick(AGGREGATES[type] ?? ['MAX($)']);
  return template.replaceAll('$', expression(type, scope, depth));
}

/** Elements of an array as values under an alias. */
function elements(array: Value, alias: string): readonly Value[] {
  if (array.type === 'TAGS') return [{ sql: alias, type: 'STRING' }];
  if (array.type === 'NUMS') return [{ sql: alias, type: 'INT64' }];
  return [
    { sql: `${alias}.key`, type: 'STRING' },
    { sql: `${alias}.value.s`, type: 'STRING' },
    { sql: `${alias}.value.i`, type: 'INT64' },
  ];
}

/** What marketing SQL does with arrays: look up, count, sum, test. */
function fromArray(
  type: ScalarType,
  array: Value,
  scope: Scope,
  depth: number,
): string | undefined {
  const { dice } = scope;
  const alias = scope.name();
  const items = elements(array, alias);
  const offset = dice.chance(0.3) ? scope.name() : undefined;
  const values = [...scope.values, ...items, ...items, ...items];
  if (offset) values.push({ sql: offset, type: 'INT64' });
  const inner: Scope = { ...scope, values };
  const from = `FROM UNNEST(${array.sql}) AS ${alias}${offset ? ` WITH OFFSET AS ${offset}` : ''}`;
  const where = dice.chance(0.7) ? ` WHERE ${expression('BOOL', inner, depth - 1)}` : '';
  if (type === 'BOOL' && dice.chance(0.5)) return `EXISTS (SELECT 1 ${from}${where})`;
  const own = items.filter((item) => item.type === type);
  if (own.length === 0 && type !== 'INT64') return undefined;
  const value = expression(type, inner, depth - 2);
  switch (dice.below(4)) {
    case 0:
      return `(SELECT ${aggregate(type, inner, depth - 2)} ${from}${where})`;
    case 1: {
      const order = `${value}, ${items.map(({ sql }) => sql).join(', ')}`;
      return `(SELECT ${value} ${from}${where} ORDER BY ${order} LIMIT 1)`;
    }
    case 2:
      return `ARRAY(SELECT ${value} ${from}${where} ORDER BY ${value})[SAFE_OFFSET(${dice.below(2)})]`;
    default:
      if (array.type === 'PARAMS') {
        const key = dice.pick(['p', 'q', 'r']);
        return `(SELECT MAX(${value}) ${from} WHERE ${alias}.key = '${key}')`;
      }
      return type === 'INT64'
        ? `ARRAY_LENGTH(${array.sql})`
        : `(SELECT ${value} ${from}${where} ORDER BY 1 LIMIT 1)`;
  }
}

function subqueryOf(type: ScalarType, scope: Scope, depth: number): string {
  const make = scope.subquery as NonNullable<Scope['subquery']>;
  if (type === 'BOOL') {
    const other = scope.dice.pick(SCALARS);
    const not = scope.dice.chance(0.3) ? 'NOT ' : '';
    if (scope.dice.chance(0.5)) return `${not}EXISTS (${make(other, scope.values)})`;
    return `(${expression(other, scope, depth - 1)} ${not}IN (${make(other, scope.values)}))`;
  }
  return `(SELECT MAX(q) FROM (${make(type, scope.values)}))`;
}
