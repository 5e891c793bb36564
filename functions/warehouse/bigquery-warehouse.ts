import type { BigQuery, Query } from '@google-cloud/bigquery';
import type { WarehouseConfig } from '../shared/config';
import { sha256 } from '../shared/hash';
import { createClient, explain } from './client';
import { exportTarget } from './export';
import { loadFileOnce } from './load';
import { createNdjsonFile } from './ndjson';
import { ensureRawDataset } from './raw-dataset';
import { castInteger, toRow, untypedParams } from './values';
import type { QueryOptions, Row, Warehouse } from './warehouse';

/**
 * The warehouse over the BigQuery API: BigQuery in the cloud, or the local BigQuery where
 * `apiEndpoint` names one.
 *
 * @example
 * const warehouse = createBigQueryWarehouse(readWarehouseConfig());
 * await warehouse.query('SELECT channel, COUNT(*) AS session_count FROM sessions GROUP BY channel');
 */
export function createBigQueryWarehouse(config: WarehouseConfig): Warehouse {
  const client = createClient(config);
  const dataset = client.dataset(config.rawDataset, { location: config.location });

  async function explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explain(error, config);
    }
  }

  const loadFile: Warehouse['loadFile'] = (name, file, options = {}) => {
    const [table = name, other] = name.split('.').reverse();
    const target = other === undefined ? dataset : client.dataset(other);
    return explained(() => loadFileOnce(client, target.table(table), file, options));
  };

  return {
    query: <T extends Row = Row>(sql: string, options?: QueryOptions) =>
      explained(() => runQuery<T>(client, config, sql, options)),
    ensureRawTables: () => explained(() => ensureRawDataset(client, dataset, config.location)),
    loadFile,
    async load(table, rows, options) {
      const file = await createNdjsonFile();
      try {
        for (const row of rows) await file.write(row);
        await file.close();
        // An empty load is refused by BigQuery, and has nothing to do.
        if (file.rowCount > 0) await loadFile(table, file.path, options);
      } finally {
        await file.remove();
      }
    },
    async exportParquet(sql, options) {
      const id = sha256(JSON.stringify([sql, options?.params ?? null])).slice(0, 16);
      const target = exportTarget(config, id);
      await target.clear();
      const statement = `EXPORT DATA OPTIONS (uri = '${target.uri}', format = 'PARQUET', overwrite = true) AS\n${sql}`;
      await explained(() => runQuery(client, config, statement, options));
      return target.files();
    },
  };
}

async function runQuery<T extends Row>(
  client: BigQuery,
  config: WarehouseConfig,
  sql: string,
  options: QueryOptions = {},
): Promise<T[]> {
  const params = options.params;
  const request: Query = {
    query: sql,
    location: config.location,
    defaultDataset: { projectId: config.projectId, datasetId: config.dataset },
    ...(params === undefined ? {} : { params: { ...params }, types: untypedParams(params) }),
  };
  const [rows] = await client.query(request, {
    wrapIntegers: { integerTypeCastFunction: castInteger },
  });
  return rows.map((row: Record<string, unknown>) => toRow(row) as T);
}
