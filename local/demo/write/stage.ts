import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { Column, ColumnTable } from '../tables/columns';

const chunkSize = 2048;

/** A column as it waits in DuckDB: the table that holds it, and the SQL that reads it. */
export interface StagedTable {
  readonly from: string;
  /** Name of the shop's column -> SQL expression of its plain value. */
  readonly expressions: ReadonlyMap<string, string>;
}

interface Source {
  readonly type: DuckDBType;
  readonly values: ArrayLike<number | string | null>;
}

/**
 * Puts a table into DuckDB column by column: text as codes beside its dictionary, joined when
 * read. Measured on 298,000 events against rows as NDJSON, see the README.
 */
export async function stageTable(
  connection: DuckDBConnection,
  name: string,
  table: ColumnTable,
): Promise<StagedTable> {
  const sources = new Map<string, Source>();
  const expressions = new Map<string, string>();
  let from = `stage_${name} AS stage`;
  for (const [column, content] of Object.entries(table.columns)) {
    sources.set(column, sourceOf(content));
    expressions.set(column, `stage."${column}"`);
    if (content.kind !== 'text') {
      if (content.kind === 'number') expressions.set(column, plainNumber(column, content.scale));
      continue;
    }
    const dictionary = `dictionary_${name}_${column}`;
    const codes = { type: INTEGER, values: Int32Array.from(content.values.keys()) };
    const words = { type: VARCHAR, values: content.values };
    await fill(
      connection,
      dictionary,
      content.values.length,
      new Map(Object.entries({ codes, words })),
    );
    from += `\nLEFT JOIN ${dictionary} ON ${dictionary}.codes = stage."${column}"`;
    expressions.set(column, `${dictionary}.words`);
  }
  await fill(connection, `stage_${name}`, table.rowCount, sources);
  return { from, expressions };
}

function sourceOf(column: Column): Source {
  if (column.kind === 'text') return { type: INTEGER, values: column.codes };
  if (column.kind === 'id') return { type: VARCHAR, values: column.values };
  return { type: DOUBLE, values: column.values };
}

/** NaN stands for NULL; scaled integers become decimals without passing through a fraction. */
function plainNumber(column: string, scale: number): string {
  const value = `CASE WHEN isnan(stage."${column}") THEN NULL ELSE stage."${column}" END`;
  if (scale === 0) return value;
  const unit = `0.${'1'.padStart(scale, '0')}`;
  return `CAST(CAST(${value} AS DECIMAL(18,0)) * CAST(${unit} AS DECIMAL(${scale},${scale})) AS DECIMAL(38,9))`;
}

async function fill(
  connection: DuckDBConnection,
  table: string,
  rowCount: number,
  sources: ReadonlyMap<string, Source>,
): Promise<void> {
  const columns = [...sources].map(([name, { type }]) => `"${name}" ${type}`);
  await connection.run(`CREATE TEMP TABLE ${table} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table);
  const list = [...sources.values()];
  const types = list.map(({ type }) => type);
  for (let first = 0; first < rowCount; first += chunkSize) {
    const count = Math.min(chunkSize, rowCount - first);
    const chunk = DuckDBDataChunk.create(types, count);
    list.forEach(({ values }, column) => {
      const vector = chunk.getColumnVector(column);
      for (let row = 0; row < count; row++)
        vector.setItem(row, (values[first + row] ?? null) as never);
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
