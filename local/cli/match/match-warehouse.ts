import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from '@tributary/functions/shared/duckdb';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { startLocalBigQuery } from '../../bigquery/server';
import type { Project } from '../project';
import { loadMatchIncludes } from './includes';
import { sqlString } from './read-table';

const DATASET = 'match';

/** A local BigQuery in a temporary folder, and a DuckDB beside it for the files of people. */
export interface MatchWarehouse {
  /** Where files are read and written. */
  readonly files: DuckDBConnection;
  readonly folder: string;
  query<T extends Row = Row>(sql: string): Promise<T[]>;
  /** Makes a table of a GoogleSQL query, in the place of an earlier one; answers its quoted name. */
  create(name: string, query: string): Promise<string>;
  drop(...names: readonly string[]): Promise<void>;
  /** Makes a table of a DuckDB query over the files. */
  load(name: string, columns: Readonly<Record<string, string>>, query: string): Promise<string>;
  /** The files of a GoogleSQL query's rows, as a FROM item of DuckDB. */
  relation(query: string): Promise<string>;
  close(): Promise<void>;
}

/** @param state a folder that keeps the tables of dataset `match`; without one they are temporary */
export async function openMatchWarehouse(
  project: Project,
  state?: string,
): Promise<MatchWarehouse> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-match-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also where somebody stops the command in the middle.
  process.once('exit', remove);
  const instance = await openDuckDb();
  const files = await instance.connect();
  await files.run(saidMacro(loadMatchIncludes(project.dir).placeholders));
  const warehouseDir = state ?? join(folder, 'warehouse');
  let opened: { server: { close(): Promise<void> }; warehouse: Warehouse } | undefined;
  const open = async () => {
    if (opened) return opened.warehouse;
    const { projectId } = project;
    const server = await startLocalBigQuery({ warehouseDir, defaultProject: projectId }).catch(
      (error: unknown) => {
        throw state === undefined ? error : new UserError(ofState(messageOf(error)));
      },
    );
    const warehouse = createBigQueryWarehouse({
      projectId,
      location: project.location,
      rawDataset: DATASET,
      dataset: DATASET,
      exportBucket: 'match',
      apiEndpoint: server.url,
      exportDir: join(warehouseDir, 'exports'),
    });
    opened = { server, warehouse };
    await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${DATASET}`);
    return warehouse;
  };
  const tableOf = (name: string) => `\`${DATASET}.${name}\``;
  return {
    files,
    folder,
    async query<T extends Row>(sql: string) {
      return (await open()).query<T>(sql);
    },
    async create(name, query) {
      await (await open()).query(`CREATE OR REPLACE TABLE ${tableOf(name)} AS\n${query}`);
      return tableOf(name);
    },
    async drop(...names) {
      const warehouse = await open();
      for (const name of names) await warehouse.query(`DROP TABLE IF EXISTS ${tableOf(name)}`);
    },
    async load(name, columns, query) {
      const warehouse = await open();
      const fields = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
      await warehouse.query(`CREATE OR REPLACE TABLE ${tableOf(name)} (${fields.join(', ')})`);
      const file = join(folder, `${name}.parquet`);
      await files.run(`COPY (${query}) TO ${sqlString(file)} (FORMAT parquet)`);
      await warehouse.loadFile(`${DATASET}.${name}`, file);
      rmSync(file);
      return tableOf(name);
    },
    async relation(query) {
      const exported = await (await open()).exportParquet(query);
      return `read_parquet([${exported.map(sqlString).join(', ')}])`;
    },
    async close() {
      await opened?.server.close();
      files.closeSync();
      instance.closeSync();
      process.off('exit', remove);
      remove();
    },
  };
}

/** What a local BigQuery says of its folder, to somebody who named it with --state. */
const ofState = (message: string): string =>
  message
    .replace(/^The warehouse(?: file)? /, 'The state ')
    .replace('is no warehouse (it has no warehouse.json)', 'holds no state of match')
    .replace(/ and load the sources there again; .*$/s, ' and match all records anew.')
    .replaceAll('--warehouse', '--state');

/** `said(value)`: NULL for what says nothing, as cleansing has it; what a login must not join. */
function saidMacro(placeholders: readonly string[]): string {
  const words = `trim(regexp_replace(lower(value), '[^\\p{L}\\p{N}]+', ' ', 'g'))`;
  return `CREATE MACRO said(value) AS
    CASE WHEN ${words} IN (${placeholders.map(sqlString).join(', ')}) THEN NULL ELSE value END`;
}
