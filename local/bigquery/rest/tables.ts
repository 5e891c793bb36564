import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { HARMLESS } from '../jobs/harmless-fields';
import { requestObject, wholeNumber } from '../jobs/request-fields';
import { clusteringBody, layout, patchLayout, timePartitioningBody } from '../jobs/table-layout';
import { parseSchema, tableSchema } from '../jobs/table-schema';
import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { requireDataset } from '../storage/dataset-changes';
import type { StoredTable } from '../storage/entries';
import type { WriteSession } from '../storage/storage';
import { createTable, describeTable, dropTable, requireTable } from '../storage/table-changes';
import { countRows, knownTableSize, tableBytes } from '../storage/table-size';
import { requireEtag } from './etag';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { changeBase, patchMetadata } from './metadata';
import { paginate } from './paginate';
import type { Routes } from './router';
import { patchSchema } from './schema-patch';
import { tableListItem, tableResource } from './table-resource';
import { analyzeView } from './view';

export const tableBody = requestObject(
  {
    tableReference: z
      .object({
        projectId: z.string().optional(),
        datasetId: z.string().optional(),
        tableId: z.string(),
      })
      .optional(),
    schema: tableSchema.nullish(),
    friendlyName: z.string().nullish(),
    description: z.string().nullish(),
    labels: z.record(z.string(), z.string().nullable()).nullish(),
    expirationTime: wholeNumber.nullish(),
    timePartitioning: timePartitioningBody.nullish(),
    clustering: clusteringBody.nullish(),
    requirePartitionFilter: z.boolean().nullish(),
    view: requestObject({
      query: z.string(),
      useLegacySql: z.boolean().optional(),
    }).nullish(),
  },
  HARMLESS.table,
);

type TableBody = z.infer<typeof tableBody>;

/** tables.list, insert, get, patch, update, delete. */
export function tableRoutes(engine: Engine): Routes {
  const { storage } = engine;
  const change = async (request: RestRequest): Promise<RestResponse> => {
    const body = parse(tableBody, await request.json());
    const changed = await storage.write(async (session) => {
      const entry = requireTable(session.catalog, tablePath(request));
      requireEtag(request, entry.modifiedAt);
      const next = await changedTable(engine, session, changeBase(request, entry), body);
      describeTable(session, entry, next);
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
    [`GET ${dataset}/tables/:table`]: async (request) => {
      const entry = requireTable(storage.catalog, tablePath(request));
      return hasSizes(request.query) ? describe(engine, entry) : ok(tableResource(entry));
    },
    [`PATCH ${dataset}/tables/:table`]: change,
    [`PUT ${dataset}/tables/:table`]: change,
    [`DELETE ${dataset}/tables/:table`]: async (request) => {
      await storage.write(async (session) => {
        const path = tablePath(request);
        requireEtag(request, requireTable(session.catalog, path).modifiedAt);
        await dropTable(session, path);
      });
      return noContent;
    },
  };
}

async function changedTable(
  engine: Engine,
  session: WriteSession,
  entry: StoredTable,
  body: TableBody,
): Promise<StoredTable> {
  const withSchema = await patchSchema(session, entry, body.schema?.fields);
  const withView = body.view
    ? { ...withSchema, ...(await analyzeView(engine, session.catalog, entry.path, body.view)) }
    : withSchema;
  return {
    ...withExpiration(patchMetadata(patchLayout(withView, body), body), body),
    modifiedAt: engine.clock(),
  };
}

/** The table with the expiration as the body says; one of null is none. */
function withExpiration(entry: StoredTable, body: TableBody): StoredTable {
  const { expirationTime: before, ...rest } = entry;
  const expirationTime = body.expirationTime === undefined ? before : body.expirationTime;
  return { ...rest, ...(expirationTime && { expirationTime }) };
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
    const entry: StoredTable = { path, kind: 'VIEW', ...view, ...times };
    return withExpiration(patchMetadata(entry, body), body);
  }
  const schema = parseSchema(body.schema?.fields ?? []);
  const entry: StoredTable = {
    path,
    kind: 'TABLE',
    ...schema,
    ...layout(schema.columns, body),
    ...times,
  };
  return withExpiration(patchMetadata(entry, body), body);
}

const VIEWS = ['TABLE_METADATA_VIEW_UNSPECIFIED', 'BASIC', 'STORAGE_STATS', 'FULL'];

/** Whether the asked view tells how large a table is: all but BASIC do. */
function hasSizes(query: URLSearchParams): boolean {
  const view = query.get('view') ?? 'FULL';
  if (!VIEWS.includes(view)) {
    throw new BigQueryError(
      'invalid',
      `Invalid value for view: ${view} is none of ${VIEWS.join(', ')}`,
    );
  }
  return view !== 'BASIC';
}

async function describe({ storage }: Engine, entry: StoredTable): Promise<RestResponse> {
  if (entry.kind === 'VIEW') return ok(tableResource(entry));
  const known = knownTableSize(entry);
  if (known) return ok(tableResource(entry, known));
  return storage.read(async (session) => {
    const current = requireTable(session.catalog, entry.path);
    const rowCount = await countRows(session, current);
    const byteCount = await tableBytes(session, current);
    return ok(tableResource(current, { rowCount, byteCount }));
  });
}
