import { createDice, type Dice } from './dice';
import {
  aggregate,
  expression,
  SCALARS,
  type ScalarType,
  type Scope,
  type Value,
} from './expressions';
import { TABLES } from './tables';
import { type Source, windowCall } from './windows';

interface Query {
  readonly sql: string;
  readonly types: readonly ScalarType[];
}

const COLUMNS: readonly (readonly [string, Value['type']])[] = [
  ['id', 'INT64'],
  ['i', 'INT64'],
  ['f', 'FLOAT64'],
  ['s', 'STRING'],
  ['b', 'BOOL'],
  ['d', 'DATE'],
  ['m', 'NUMERIC'],
  ['st.a', 'INT64'],
  ['st.b', 'STRING'],
  ['tags', 'TAGS'],
  ['nums', 'NUMS'],
  ['params', 'PARAMS'],
];

/** A random query over the random tables; the same seed gives the same text. */
export function randomQuery(seed: number): string {
  const dice = createDice(seed);
  let names = 0;
  const maker = new QueryMaker(dice, () => `x${++names}`);
  return maker.statement();
}

class QueryMaker {
  private readonly withQueries: { readonly name: string; readonly types: readonly ScalarType[] }[] =
    [];

  constructor(
    private readonly dice: Dice,
    private readonly name: () => string,
  ) {}

  /** WITH ... query ORDER BY all columns: ties are equal rows, so LIMIT is sure too. */
  statement(): string {
    const { dice } = this;
    const entries: string[] = [];
    for (let i = dice.below(3); i > 0; i--) {
      const name = this.name();
      const query = this.query(2, []);
      entries.push(`${name} AS (${query.sql})`);
      this.withQueries.push({ name, types: query.types });
    }
    const query = this.query(3, []);
    const clause = entries.length > 0 ? `WITH ${entries.join(', ')} ` : '';
    const keys = query.types.map((_, i) => `${i + 1}${dice.pick(['', ' DESC', ' NULLS LAST'])}`);
    const order = dice.chance(0.5) ? ` ORDER BY ${keys.join(', ')}` : '';
    const limit = order !== '' && dice.chance(0.4) ? ` LIMIT ${dice.below(6)}` : '';
    return `${clause}${query.sql}${order}${limit}`;
  }

  /** Columns are named q, q2, q3...; `outer` are values of the query around it. */
  private query(depth: number, outer: readonly Value[], types = this.types()): Query {
    const { dice } = this;
    if (depth > 1 && dice.chance(0.12)) return this.setOperation(depth, outer, types);
    const source = this.source(depth);
    const scope = this.scope(depth, [...source.values, ...source.values, ...outer]);
    const where = dice.chance(0.5) ? ` WHERE ${expression('BOOL', scope, depth)}` : '';
    const from = ` FROM ${source.sql}${where}`;
    if (dice.chance(0.35)) return this.grouped(from, scope, types, depth);
    if (dice.chance(0.25)) return this.windowed(from, source, scope, types, depth);
    const list = types.map((type, i) => `${expression(type, scope, depth)} AS ${columnName(i)}`);
    const distinct = dice.chance(0.15) ? 'DISTINCT ' : '';
    return { sql: `SELECT ${distinct}${list.join(', ')}${from}`, types };
  }

  private types(): readonly ScalarType[] {
    return Array.from({ length: 1 + this.dice.below(4) }, () => this.dice.pick(SCALARS));
  }

  private scope(depth: number, values: readonly Value[]): Scope {
    const { dice, name } = this;
    if (depth <= 1) return { dice, name, values };
    const subquery: Scope['subquery'] = (type, seen) => this.query(depth - 2, seen, [type]).sql;
    return { dice, name, values, subquery };
  }

  private setOperation(
    depth: number,
    outer: readonly Value[],
    types: readonly ScalarType[],
  ): Query {
    const operator = this.dice.pick([
      'UNION ALL',
      'UNION ALL',
      'UNION DISTINCT',
      'INTERSECT DISTINCT',
      'EXCEPT DISTINCT',
    ]);
    const left = this.query(depth - 1, outer, types).sql;
    const right = this.query(depth - 1, outer, types).sql;
    return { sql: `(${left}) ${operator} (${right})`, types };
  }

  private grouped(from: string, scope: Scope, types: readonly ScalarType[], depth: number): Query {
    const { dice } = this;
    const keyCount = dice.below(Math.min(types.length, 2) + 1);
    const list = types.map((type, i) => {
      const make = i < keyCount ? expression : aggregate;
      return `${make(type, scope, depth - 1)} AS ${columnName(i)}`;
    });
    const keys = Array.from({ length: keyCount }, (_, i) => String(i + 1));
    const group = keyCount > 0 ? ` GROUP BY ${keys.join(', ')}` : '';
    const inner: Scope = { ...scope, values: scope.values };
    const having = dice.chance(0.2) ? ` HAVING ${aggregate('INT64', inner, 1)} > 1` : '';
    return { sql: `SELECT ${list.join(', ')}${from}${group}${having}`, types };
  }

  private windowed(
    from: string,
    source: Source,
    scope: Scope,
    types: readonly ScalarType[],
    depth: number,
  ): Query {
    const { dice } = this;
    const list = types.map((type, i) => {
      const sql = dice.chance(0.6)
        ? windowCall(type, source, scope)
        : expression(type, scope, depth);
      return `${sql} AS ${columnName(i)}`;
    });
    const qualify = dice.chance(0.25) ? ` QUALIFY ${windowCall('INT64', source, scope)} <= 2` : '';
    // QUALIFY wants a WHERE, GROUP BY or HAVING before it.
    const rows = qualify !== '' && !from.includes(' WHERE ') ? `${from} WHERE TRUE` : from;
    return { sql: `SELECT ${list.join(', ')}${rows}${qualify}`, types };
  }

  private source(depth: number): Source {
    const { dice } = this;
    let left = this.single(depth);
    for (let joins = dice.pick([0, 0, 1, 1, 2]); joins > 0; joins--) {
      left = dice.chance(0.3) ? this.unnested(left, depth) : this.joined(left, depth);
    }
    return left;
  }

  private single(depth: number): Source {
    const { dice } = this;
    const alias = this.name();
    if (this.withQueries.length > 0 && dice.chance(0.4)) {
      const { name, types } = dice.pick(this.withQueries);
      return { sql: `${name} AS ${alias}`, values: columnsOf(alias, types), keys: undefined };
    }
    if (depth > 1 && dice.chance(0.15)) {
      // A table subquery sees no outer columns.
      const query = this.query(depth - 1, []);
      return {
        sql: `(${query.sql}) AS ${alias}`,
        values: columnsOf(alias, query.types),
        keys: undefined,
      };
    }
    const values = COLUMNS.map(([column, type]) => ({ sql: `${alias}.${column}`, type }));
    return { sql: `${dice.pick(TABLES)} AS ${alias}`, values, keys: [`${alias}.id`] };
  }

  private joined(left: Source, depth: number): Source {
    const { dice } = this;
    const right = this.single(depth - 1);
    const values = [...left.values, ...right.values];
    const keys = left.keys && right.keys && [...left.keys, ...right.keys];
    if (dice.chance(0.1)) return { sql: `${left.sql} CROSS JOIN ${right.sql}`, values, keys };
    const type = dice.pick(['JOIN', 'JOIN', 'LEFT JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN']);
    return {
      sql: `${left.sql} ${type} ${right.sql} ON ${this.condition(left, right, depth)}`,
      values,
      keys,
    };
  }

  private condition(left: Source, right: Source, depth: number): string {
    const { dice } = this;
    const type = dice.pick(SCALARS);
    const one = expression(type, this.plain(left.values), 1);
    const other = expression(type, this.plain(right.values), 1);
    const equal = `${one} ${dice.pick(['=', '=', '=', '<', 'IS NOT DISTINCT FROM'])} ${other}`;
    if (dice.chance(0.6)) return equal;
    const both = this.scope(depth, [...left.values, ...right.values]);
    return `${equal} ${dice.pick(['AND', 'AND', 'OR'])} ${expression('BOOL', both, 2)}`;
  }

  private plain(values: readonly Value[]): Scope {
    return { dice: this.dice, name: this.name, values };
  }

  private unnested(left: Source, depth: number): Source {
    const { dice } = this;
    const arrays = left.values.filter(({ type }) => ['TAGS', 'NUMS', 'PARAMS'].includes(type));
    if (arrays.length === 0) return left;
    const array = dice.pick(arrays);
    const alias = this.name();
    const offset = this.name();
    const own: Value[] = [{ sql: offset, type: 'INT64' }];
    if (array.type === 'PARAMS') {
      own.push({ sql: `${alias}.key`, type: 'STRING' }, { sql: `${alias}.value.i`, type: 'INT64' });
    } else own.push({ sql: alias, type: array.type === 'TAGS' ? 'STRING' : 'INT64' });
    const values = [...left.values, ...own];
    const keys = left.keys && [...left.keys, offset];
    const unnest = `UNNEST(${array.sql}) AS ${alias} WITH OFFSET AS ${offset}`;
    if (dice.chance(0.3)) return { sql: `${left.sql} CROSS JOIN ${unnest}`, values, keys };
    const type = dice.pick(['JOIN', 'LEFT JOIN', 'LEFT JOIN']);
    const on = dice.chance(0.5) ? 'TRUE' : expression('BOOL', this.scope(depth, values), 2);
    return { sql: `${left.sql} ${type} ${unnest} ON ${on}`, values, keys };
  }
}

const columnName = (index: number): string => (index === 0 ? 'q' : `q${index + 1}`);

function columnsOf(alias: string, types: readonly ScalarType[]): readonly Value[] {
  return types.map((type, i) => ({ sql: `${alias}.${columnName(i)}`, type }));
}
