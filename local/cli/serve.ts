import { startFunctions } from '@tributary/functions/serve';
import { UserError } from '@tributary/functions/shared/errors';
import type { Command } from 'commander';
import { startLocalBigQuery } from '../bigquery/server';
import { findProject } from './project';
import { localSecrets } from './secrets';
import { readShopSettings } from './shop-settings';
import { onLaptop, warehouseDir } from './warehouse';
import { tributaryCommand } from './where';

/** Runs the local BigQuery and the functions until the process is told to stop. */
export async function serve(
  command: Command,
  options: { readonly port: string; readonly bigqueryPort: string },
): Promise<void> {
  const project = findProject();
  const dir = warehouseDir(command, project);
  const port = toPort('--port', options.port);
  const bigQuery = await startLocalBigQuery({
    warehouseDir: dir,
    defaultProject: project.projectId,
    port: toPort('--bigquery-port', options.bigqueryPort),
  });
  const { hashSecret, apiKey } = localSecrets(dir);
  try {
    const { warehouse } = onLaptop(project, dir, bigQuery.url);
    await warehouse.ensureRawTables();
    const { rawDataset, dataset } = project;
    const functions = await startFunctions({
      port,
      warehouse,
      rawDataset,
      dataset,
      hashSecret,
      apiKeys: [apiKey],
      accounts: readShopSettings(project).accounts,
    });
    // Heard from before the word that says how to stop.
    const stopped = stopSignal();
    process.stdout.write(
      `${welcome(bigQuery.url, functions.url, dir, tributaryCommand({ dir, project }))}\n`,
    );
    await stopped;
    await functions.close();
  } finally {
    await bigQuery.close();
  }
}

function toPort(option: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new UserError(`${option} must be a port from 0 to 65535, not "${text}".`);
}

function welcome(bigQueryUrl: string, functionsUrl: string, dir: string, command: string): string {
  return `Local BigQuery   ${bigQueryUrl}   (BIGQUERY_EMULATOR_HOST=${bigQueryUrl})
Functions        ${functionsUrl}
  POST /v1/events          collect: open to sites, no key
  POST /v1/compute_ihc     header x-api-key
  POST /v1/train_matching  header x-api-key
  POST /v1/train_ihc       header x-api-key
  POST /v1/train_models    header x-api-key
  POST /v1/activate        header x-api-key; dry run, nothing is sent
API key          apiKey in ${dir}/secrets.json

Try it, then run \`${command} run\` in a second terminal:
  curl -A 'Mozilla/5.0 Firefox/145.0' ${functionsUrl}/v1/events -H 'content-type: application/json' -d '{
    "event_name": "page_view", "site_id": "shop", "anonymous_id": "me",
    "page_url": "https://shop.example/?utm_source=newsletter&utm_medium=email",
    "consent": {"analytics": true}}'

Stop with Ctrl+C.`;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
