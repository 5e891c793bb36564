import type { DuckDBConnection } from '@duckdb/node-api';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { StoredTable } from './entries';

/** First moments of a table's partitions, as text. An entry stands for one version of the rows. */
const known = new WeakMap<StoredTable, readonly (string | null)[]>();

/**
 * DuckDB SQL of the rows in the partitions that a condition holds for, written so that DuckDB passes
 * over blocks of other days. The condition, which may be dear, is asked once a partition: for its
 * first moment, since rows of one partition give the same answer.
 */
export async function rowsOfPartitions(
  connection: DuckDBConnection,
  entry: StoredTable,
  where: string,
): Promise<string> {
  const { path, partitioning, columns } = entry;
  if (!partitioning) return where;
  const { column, granularity } = partitioning;
  const name = quoteIdentifier(column);
  const unit = granularity.toLowerCase();
  const type = columns.find((one) => one.name.toLowerCase() === column.toLowerCase())?.type.kind;
  const isZoned = type === 'TIMESTAMP';
  const duckType = isZoned ? 'TIMESTAMPTZ' : type === 'DATE' ? 'DATE' : 'TIMESTAMP';
  const back = isZoned ? 'make_timestamptz(epoch_us(start))' : `start::${duckType}`;
  const partitions =
    known.get(entry) ??
    (await texts(
      connection,
      `SELECT DISTINCT date_trunc('${unit}', moment)::TIMESTAMP::VARCHAR
       FROM (SELECT DISTINCT ${momentOf(name, type === 'DATE')} AS moment FROM ${duckTable(path)})`,
    ));
  known.set(entry, partitions);
  const list = partitions.map((text) => (text === null ? '(NULL)' : `('${text}')`));
  if (list.length === 0) return 'FALSE';
  // In one query DuckDB would ask the condition of each row, before it makes them distinct.
  const reader = await connection.runAndReadAll(
    `SELECT start::VARCHAR, (start + INTERVAL 1 ${unit})::VARCHAR
     FROM (
       SELECT start, ${back} AS ${name}
       FROM (SELECT text::TIMESTAMP AS start FROM (VALUES ${list.join(', ')}) AS texts(text))
     )
     WHERE ${where}
     ORDER BY start NULLS LAST`,
  );
  const rows = reader.getRows() as (string | null)[][];
  const spans = joined(rows.filter(isSpan));
  const parts: string[] = [];
  if (spans.length > 0) {
    const zone = isZoned ? '+00' : '';
    const within = ([low, end]: Span): string =>
      `(${name} >= '${low}${zone}'::${duckType} AND ${name} < '${end}${zone}'::${duckType})`;
    const all = within([spans[0]?.[0] ?? '', spans.at(-1)?.[1] ?? '']);
    parts.push(spans.length === 1 ? all : `(${all} AND (${spans.map(within).join(' OR ')}))`);
  }
  if (!rows.every(isSpan)) parts.push(`${name} IS NULL`);
  return parts.length > 0 ? `(${parts.join(' OR ')})` : 'FALSE';
}

/** From one moment to before another. */
type Span = readonly [string, string];

const isSpan = (row: readonly (string | null)[]): row is [string, string] => row[0] !== null;

/** Spans in order, as few as say the same. */
function joined(spans: readonly Span[]): Span[] {
  const found: [string, string][] = [];
  for (const [low, end] of spans) {
    const last = found.at(-1);
    if (last?.[1] === low) last[1] = end;
    else found.push([low, end]);
  }
  return found;
}

const HOUR_MICROS = 3_600_000_000;
/** From the first moment that BigQuery knows to 1970: division rounds towards 0. */
const BEFORE_1970_MICROS = 62_135_596_800_000_000n;

/**
 * DuckDB SQL of a moment in a row's partition, one for each hour: numbers are divided in a fifth of
 * the time that a calendar takes.
 */
function momentOf(name: string, isDate: boolean): string {
  if (isDate) return name;
  const micros = `((epoch_us(${name}) + ${BEFORE_1970_MICROS}) // ${HOUR_MICROS}) * ${HOUR_MICROS}`;
  return `make_timestamp(${micros} - ${BEFORE_1970_MICROS})`;
}

async function texts(connection: DuckDBConnection, query: string): Promise<(string | null)[]> {
  const reader = await connection.runAndReadAll(query);
  return reader.getRows().map(([text]) => (typeof text === 'string' ? text : null));
}
