import { join, resolve } from 'node:path';
import { readWarehouseDir, type WarehouseConfig } from '@tributary/functions/shared/config';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { Command } from 'commander';
import { findProject, type Project } from './project';

/** A warehouse that is ready to be asked, local or (said so by the user) in the cloud. */
export interface OpenWarehouse {
  readonly project: Project;
  readonly warehouse: Warehouse;
  /** REST endpoint of the local BigQuery; undefined in the cloud. */
  readonly endpoint: string | undefined;
  /** Folder of the local warehouse; undefined in the cloud. */
  readonly dir: string | undefined;
}

interface GlobalOptions {
  readonly warehouse?: string;
  readonly cloud?: boolean;
}

/** Opens the warehouse that the command's options name, does the work, and closes it again. */
export async function withWarehouse<T>(
  command: Command,
  work: (open: OpenWarehouse) => Promise<T>,
): Promise<T> {
  const project = findProject();
  const options = command.optsWithGlobals<GlobalOptions>();
  if (options.cloud) {
    quietMetadataLookup();
    return work(inCloud(project));
  }
  const dir = warehouseDir(command, project);
  const { findRunningServer } = await import('../bigquery/storage/lock.js');
  const running = await findRunningServer(dir);
  if (running) return work(onLaptop(project, dir, running.url));
  const { startLocalBigQuery } = await import('../bigquery/server.js');
  const server = await startLocalBigQuery({ warehouseDir: dir, defaultProject: project.projectId });
  try {
    return await work(onLaptop(project, dir, server.url));
  } finally {
    await server.close();
  }
}

/** --warehouse, else TRIBUTARY_WAREHOUSE (both from here), else .tributary of the checkout. */
export function warehouseDir(command: Command, project: Project): string {
  const { warehouse } = command.optsWithGlobals<GlobalOptions>();
  const named = warehouse ?? readWarehouseDir();
  return named ? resolve(named) : join(project.dir, '.tributary');
}

/** The local BigQuery at an endpoint as the functions see it. */
export function onLaptop(project: Project, dir: string, endpoint: string): OpenWarehouse {
  const config = warehouseConfig({ project, dir, endpoint });
  return { project, warehouse: createBigQueryWarehouse(config), endpoint, dir };
}

/** How clients reach an open warehouse. */
export function warehouseConfig(
  open: Pick<OpenWarehouse, 'project' | 'dir' | 'endpoint'>,
): WarehouseConfig {
  const { project, dir, endpoint } = open;
  if (endpoint === undefined || dir === undefined) return names(project);
  return { ...names(project), apiEndpoint: endpoint, exportDir: join(dir, 'exports') };
}

/** Without credentials the client asks the machine's metadata server, and warns in its own words. */
function quietMetadataLookup(): void {
  const emit = process.emitWarning.bind(process) as (...given: unknown[]) => void;
  process.emitWarning = (...given: unknown[]): void => {
    if (given[1] !== 'MetadataLookupWarning') emit(...given);
  };
}

function inCloud(project: Project): OpenWarehouse {
  const warehouse = createBigQueryWarehouse(names(project));
  return { project, warehouse, endpoint: undefined, dir: undefined };
}

function names(project: Project): WarehouseConfig {
  return {
    projectId: project.projectId,
    rawDataset: project.rawDataset,
    dataset: project.dataset,
    location: project.location,
    exportBucket: `${project.projectId}-tributary-exports`,
  };
}
