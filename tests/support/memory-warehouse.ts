import { readFile } from 'node:fs/promises';
import type { RawTableName } from '@tributary/functions/shared/raw-tables';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';

export interface MemoryWarehouse extends Warehouse {
  /** The rows of a raw table. */
  rows(table: RawTableName): Row[];
  /** Job ids in the order of their loads. */
  readonly jobIds: readonly string[];
  /** From now on every load fails with this error; undefined mends it. */
  failLoads(error: Error | undefined): void;
  /** Answers of queries that the memory can't know, by a part of their text. */
  answerQuery(part: string, rows: readonly Row[]): void;
}

/** Rows in memory, for unit tests alone; the real thing is tested on the local BigQuery. */
export function createMemoryWarehouse(): MemoryWarehouse {
  const tables = new Map<string, Row[]>();
  const jobIds: string[] = [];
  const answers: { readonly part: string; readonly rows: readonly Row[] }[] = [];
  let failure: Error | undefined;
  const rowsOf = (table: string) => {
    if (!tables.has(table)) tables.set(table, []);
    return tables.get(table) as Row[];
  };

  const warehouse: MemoryWarehouse = {
    jobIds,
    rows: (table) => rowsOf(table),
    failLoads: (error) => {
      failure = error;
    },
    answerQuery: (part, rows) => answers.push({ part, rows }),
    async query<T extends Row>(sql: string, options: { readonly params?: Row } = {}) {
      const known = answers.find(({ part }) => sql.includes(part));
      if (known) return known.rows as T[];
      const [, table = '', column = '', param = ''] =
        /FROM raw\.(\w+) WHERE (\w+) (?:= |IN UNNEST\()@(\w+)/.exec(sql) ?? [];
      if (table === '') throw new Error(`The memory warehouse has no answer to: ${sql}`);
      const wanted = [options.params?.[param] ?? null].flat();
      return rowsOf(table).filter((row) => wanted.includes(row[column] ?? null)) as T[];
    },
    async ensureRawTables() {},
    async load(table, rows, options) {
      if (failure) throw failure;
      const { jobId } = options ?? {};
      if (jobId !== undefined && jobIds.includes(jobId)) return;
      if (jobId !== undefined) jobIds.push(jobId);
      const checked = [...rows];
      for (const row of checked) checkColumns(table, row);
      rowsOf(table).push(...checked);
    },
    async loadFile(table, file, options) {
      const text = await readFile(file, 'utf8');
      const rows = text.split('\n').filter((line) => line !== '');
      await warehouse.load(
        table as RawTableName,
        rows.map((line) => JSON.parse(line)),
        options,
      );
    },
    async exportParquet() {
      throw new Error('The memory warehouse exports nothing.');
    },
  };
  return warehouse;
}

/** A load job refuses unknown columns and missing required ones; so does the memory. */
function checkColumns(table: RawTableName, row: Row): void {
  const columns = rawTables[table].columns;
  for (const name of Object.keys(row)) {
    if (!columns.some((column) => column.name === name)) {
      throw new Error(`${table} has no column ${name}`);
    }
  }
  for (const column of columns) {
    const isRequired = 'mode' in column && column.mode === 'REQUIRED';
    if (isRequired && (row[column.name] ?? null) === null) {
      throw new Error(`${table}.${column.name} is required`);
    }
  }
}
