import type { RawColumn } from '@tributary/functions/shared/raw-tables';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { truthTables } from '../tables/truth-tables';

const sqlTypes: Readonly<Record<RawColumn['type'], string>> = {
  STRING: 'STRING',
  INTEGER: 'INT64',
  FLOAT: 'FLOAT64',
  NUMERIC: 'NUMERIC',
  BOOLEAN: 'BOOL',
  TIMESTAMP: 'TIMESTAMP',
  DATE: 'DATE',
  JSON: 'JSON',
  RECORD: 'STRUCT',
};

/** Makes the dataset of the truth and its tables where they are missing. */
export async function ensureTruthTables(warehouse: Warehouse, dataset: string): Promise<void> {
  const tables = Object.entries(truthTables).map(([name, { columns, description }]) => {
    const list = columns.map((column) => `${column.name} ${sqlTypes[column.type]}`);
    const options = `OPTIONS (description = ${JSON.stringify(description)})`;
    return `CREATE TABLE IF NOT EXISTS ${dataset}.${name} (${list.join(', ')}) ${options}`;
  });
  await warehouse.query([`CREATE SCHEMA IF NOT EXISTS ${dataset}`, ...tables].join(';\n'));
}
