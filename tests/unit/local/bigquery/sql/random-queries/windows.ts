import { expression, SCALARS, type ScalarType, type Scope, type Value } from './expressions';

/** What stands after FROM. */
export interface Source {
  readonly sql: string;
  readonly values: readonly Value[];
  /** Expressions that tell the rows apart, for windows that need a total order. */
  readonly keys: readonly string[] | undefined;
}

const ROW_FRAMES = [
  'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW',
  'ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING',
  'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING',
  'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
  'ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING',
  'RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW',
];

/** A window function whose result has the type. */
export function windowCall(type: ScalarType, source: Source, scope: Scope): string {
  const { dice } = scope;
  const plain: Scope = { ...scope, values: source.values };
  const partition = dice.chance(0.5)
    ? `PARTITION BY ${windowKey(dice.pick(['STRING', 'INT64', 'DATE']), plain)}`
    : '';
  const key = () =>
    `${windowKey(dice.pick(SCALARS), plain)}${dice.pick(['', ' DESC', ' NULLS LAST', ' DESC NULLS FIRST'])}`;
  const total = source.keys && [key(), ...source.keys].join(', ');
  const value = expression(type, plain, 1);
  if (total && dice.chance(0.6)) {
    const frame = dice.pick(['', ...ROW_FRAMES]);
    const over = `OVER (${partition} ORDER BY ${total} ${frame})`;
    const bare = `OVER (${partition} ORDER BY ${total})`;
    return dice.pick([
      `FIRST_VALUE(${value}${dice.pick(['', ' IGNORE NULLS'])}) ${over}`,
      `LAST_VALUE(${value}${dice.pick(['', ' IGNORE NULLS'])}) ${over}`,
      `LAG(${value}, ${dice.below(3)}) ${bare}`,
      `LEAD(${value}) ${bare}`,
      ...(type === 'INT64'
        ? [`ROW_NUMBER() ${bare}`, `SUM(${value}) ${over}`, `COUNT(${value}) ${over}`]
        : []),
      ...(type === 'FLOAT64' ? [`AVG(${expression('INT64', plain, 1)}) ${over}`] : []),
      `MAX(${value}) ${over}`,
      `MIN(${value}) ${over}`,
    ]);
  }
  const frame = dice.chance(0.3) ? 'RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW' : '';
  const order = dice.chance(0.5) ? `ORDER BY ${key()} ${frame}` : '';
  const over = `OVER (${partition} ${order})`;
  if (type === 'INT64' && dice.chance(0.4)) {
    if (dice.chance(0.4)) {
      const range = `${dice.below(3)} PRECEDING AND ${dice.below(3)} FOLLOWING`;
      const direction = dice.pick(['', ' DESC', ' NULLS LAST']);
      const by = `${windowKey('INT64', plain)}${direction}`;
      return `SUM(${value}) OVER (${partition} ORDER BY ${by} RANGE BETWEEN ${range})`;
    }
    return dice.pick([
      `COUNT(*) ${over}`,
      `SUM(${value}) ${over}`,
      ...(order === ''
        ? []
        : [
            `RANK() OVER (${partition} ORDER BY ${key()})`,
            `DENSE_RANK() OVER (${partition} ORDER BY ${key()})`,
          ]),
    ]);
  }
  return `${dice.pick(['MAX', 'MIN'])}(${value}) ${over}`;
}

/** Windows take no constants as keys: the id keeps one from being one. */
function windowKey(type: ScalarType, scope: Scope): string {
  const known = scope.values.filter((value) => value.type === type);
  if (known.length > 0) return scope.dice.pick(known).sql;
  const [any] = scope.values;
  return `FORMAT('%t', ${any?.sql})`;
}
