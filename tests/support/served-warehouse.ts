import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type TributaryCommand, waitFor } from './tributary-command';

/** So that tests side by side don't meet. */
export const ANY_PORTS = ['--port', '0', '--bigquery-port', '0'];

export interface ServedWarehouse {
  /** Where the functions are. */
  readonly functionsUrl: string;
  readonly apiKey: string;
  /** The warehouse as another client of the local BigQuery sees it. */
  readonly warehouse: Warehouse;
}

/** Starts `tributary serve` as a child, and waits until it says that it is there. */
export async function startServing(tributary: TributaryCommand): Promise<ServedWarehouse> {
  const [, apiEndpoint = '', functionsUrl = ''] = await waitFor(
    tributary.start('serve', ...ANY_PORTS),
    /Local BigQuery +(http\S+).*Functions +(http\S+).*Stop with/s,
  );
  const secrets = JSON.parse(readFileSync(join(tributary.dir, 'secrets.json'), 'utf8'));
  const warehouse = createBigQueryWarehouse({
    projectId: 'tributary-local',
    rawDataset: 'raw',
    dataset: 'tributary',
    location: 'EU',
    exportBucket: 'exports',
    apiEndpoint,
  });
  return { functionsUrl, apiKey: secrets.apiKey, warehouse };
}
