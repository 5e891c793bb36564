import type { BigQuery, Dataset, TableField } from '@google-cloud/bigquery';
import type { RawColumn, RawTable } from '../shared/raw-tables';
import { rawTables } from '../shared/raw-tables';
import { codeOf } from './client';

/** Makes the raw dataset and its tables where they are missing; existing ones stay as they are. */
export async function ensureRawDataset(
  client: BigQuery,
  dataset: Dataset,
  location: string,
): Promise<void> {
  const [exists] = await dataset.exists();
  if (!exists) await ignoreConflict(client.createDataset(dataset.id ?? '', { location }));
  const tables = Object.entries(rawTables);
  await Promise.all(tables.map(([name, table]) => ensureTable(dataset, name, table)));
}

async function ensureTable(dataset: Dataset, name: string, table: RawTable): Promise<void> {
  const [exists] = await dataset.table(name).exists();
  if (exists) return;
  const creation = dataset.createTable(name, {
    description: table.description,
    schema: { fields: table.columns.map(toField) },
    timePartitioning: { type: 'DAY', field: table.partitionBy },
    clustering: { fields: [...table.clusterBy] },
  });
  await ignoreConflict(creation);
}

function toField(column: RawColumn): TableField {
  return {
    name: column.name,
    type: column.type,
    ...(column.mode === undefined ? {} : { mode: column.mode }),
    ...(column.fields === undefined ? {} : { fields: column.fields.map(toField) }),
  };
}

/** Two functions that start at once both see a table missing; the second one loses nothing. */
async function ignoreConflict(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (codeOf(error) !== 409) throw error;
  }
}
