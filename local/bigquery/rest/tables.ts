import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { parseSchema, tableSchema } from '../jobs/table-schema';
import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { requireDataset } from '../storage/dataset-changes';
import type { StoredTable } from '../storage/entries';
import { createTable, dropTable, requireTable } from '../storage/table-changes';
import { countRows, estimateBytes } from '../storage/table-size';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { patchMetadata } from './metadata';
import { paginate } from './paginate';
import type { Routes } from './router';
import { patchSchema } from './schema-patch';
import { clusteringBody, layout, timePartitioningBody } from './table-layout';
import { tableListItem, tableResource } from './table-resource';
import { analyzeView } from './view';

export const tableBody = z.object({
  tableReference: z.object({ tableId: z.string() }).optional(),
  schema: tableSchema.nullish(),
  friendlyName: z.string().nullish(),
  description: z.string().nullish(),
  labels: z.record(z.string(), z.string().nullable()).nullish(),
  timePartitioning: timePartitioningBody.nullish(),
  clustering: clusteringBody.nullish(),
  requirePartitionFilter: z.boolean().nullish(),
  view: z.object({ query: z.string(), useLegacySql: z.boolean().optional() }).nullish(),
});

export type TableBody = z.infer<typeof tableBody>;

/** tables.list, insert, get, patch, update, delete. */
export function tableRoutes(engine: Engine): Routes {
  const { storage } = engine;
  const patch = async (request: RestRequest): Promise<RestResponse> => {
    const body = parse(tableBody, await request.json());
    const changed = await storage.write(async (session) => {
      const entry = requireTable(session.catalog, tablePath(request));
      const withSchema = await patchSchema(session, entry, body.schema?.fields);
      const withView = body.view
        ? { ...withSchema, ...(await analyzeView(engine, session.catalog, entry.path, body.view)) }
        : withSchema;
      const next: StoredTable = { ...patchMetadata(withView, body), modifiedAt: engine.clock() };
      session.catalog.putTable(next);
      return next;
    });
    // Without its size, which would have to be measured: dataform patches every table it makes.
    return ok(tableResource(changed));
  };
  const dataset = '/projects/:project/datasets/:dataset';
  return {
    [`GET ${dataset}/tables`]: async (request) => {
      const { project, dataset: id } = tablePath(request);
      requireDataset(storage.catalog, { project, dataset: id });
      const tables = storage.catalog.listTables({ project, dataset: id });
      const { items, nextPageToken } = paginate(tables, request.query);
      return ok({
        kind: 'bigquery#tableList',
        tables: items.map(tableListItem),
        totalItems: tables.length,
        ...(nextPageToken && { nextPageToken }),
      });
    },
    [`POST ${dataset}/tables`]: async (request) => {
      const body = parse(tableBody, await request.json());
      const path = { ...tablePath(request), table: body.tableReference?.tableId ?? '' };
      const entry = await storage.write(async (session) => {
        const made = await newTable(engine, session.catalog, path, body);
        await createTable(session, made);
        return made;
      });
      return ok(
        tableResource(entry, entry.kind === 'TABLE' ? { rowCount: 0, byteCount: 0 } : undefined),
      );
    },
    [`GET ${dataset}/tables/:table`]: async (request) =>
      describe(engine, requireTable(storage.catalog, tablePath(request))),
    [`PATCH ${dataset}/tables/:table`]: patch,
    [`PUT ${dataset}/tables/:table`]: patch,
    [`DELETE ${dataset}/tables/:table`]: async (request) => {
      await storage.write((session) => dropTable(session, tablePath(request)));
      return noContent;
    },
  };
}

export function tablePath(request: RestRequest): TablePath {
  return {
    project: param(request, 'project'),
    dataset: param(request, 'dataset'),
    table: param(request, 'table'),
  };
}

async function newTable(
  engine: Engine,
  catalog: Engine['storage']['catalog'],
  path: TablePath,
  body: TableBody,
): Promise<StoredTable> {
  const now = engine.clock();
  const times = { createdAt: now, modifiedAt: now };
  if (body.view) {
    const view = await analyzeView(engine, catalog, path, body.view);
    return patchMetadata<StoredTable>({ path, kind: 'VIEW', ...view, ...times }, body);
  }
  const schema = parseSchema(body.schema?.fields ?? []);
  return patchMetadata<StoredTable>(
    { path, kind: 'TABLE', ...schema, ...layout(schema.columns, body), ...times },
    body,
  );
}

async function describe({ storage }: Engine, entry: StoredTable): Promise<RestResponse> {
  if (entry.kind === 'VIEW') return ok(tableResource(entry));
  return storage.read(async ({ connection, catalog }) => {
    const current = catalog.find(entry.path);
    if (!current) {
      const { project, dataset, table } = entry.path;
      throw new BigQueryError('notFound', `Not found: Table ${project}:${dataset}.${table}`);
    }
    const rowCount = await countRows(connection, current);
    const byteCount = await estimateBytes(connection, current, rowCount);
    return ok(tableResource(current, { rowCount, byteCount }));
  });
}
