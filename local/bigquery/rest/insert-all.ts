import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { HARMLESS } from '../jobs/harmless-fields';
import { loadFiles } from '../jobs/load-job';
import { requestObject } from '../jobs/request-fields';
import { checkRow, type RowProblem } from '../jobs/row-checks';
import { namedAsColumns } from '../jobs/row-names';
import type { TablePath } from '../sql/catalog';
import { BigQueryError } from '../sql/errors';
import { requireTable } from '../storage/table-changes';
import { InsertIds } from './insert-ids';
import { ok, parse, type RestRequest, type RestResponse } from './messages';
import type { Routes } from './router';
import { tablePath } from './tables';

export const insertBody = requestObject(
  {
    rows: z
      .array(z.object({ json: z.record(z.string(), z.unknown()), insertId: z.string().nullish() }))
      .min(1),
    skipInvalidRows: z.boolean().nullish(),
    ignoreUnknownValues: z.boolean().nullish(),
  },
  HARMLESS.insertAll,
);

type Row = z.infer<typeof insertBody>['rows'][number];

/**
 * tabledata.insertAll. Bad rows come back with their index and reason; the good ones are stored
 * only if skipInvalidRows says so, else they come back as 'stopped'. A row whose insertId was
 * stored a short time ago is left out.
 */
export function insertAllRoutes(engine: Engine): Routes {
  const insertIds = new InsertIds(engine.clock);
  return {
    'POST /projects/:project/datasets/:dataset/tables/:table/insertAll': (request) =>
      insertAll(engine, insertIds, request),
  };
}

async function insertAll(
  engine: Engine,
  insertIds: InsertIds,
  request: RestRequest,
): Promise<RestResponse> {
  const body = parse(insertBody, await request.json());
  const path = tablePath(request);
  const ignoreUnknownValues = body.ignoreUnknownValues ?? false;
  const { columns, kind } = requireTable(engine.storage.catalog, path);
  if (kind === 'VIEW') {
    throw new BigQueryError('invalid', `Cannot insert rows into ${path.table}: it is a view`);
  }
  const problems = new Map<number, RowProblem>();
  for (const [index, { json }] of body.rows.entries()) {
    const problem = checkRow(json, columns, ignoreUnknownValues);
    if (problem) problems.set(index, problem);
  }
  const isStopped = problems.size > 0 && !body.skipInvalidRows;
  const good = isStopped ? [] : body.rows.filter((_, index) => !problems.has(index));
  const named = withoutRepeats(good, path, insertIds).map((row) => ({
    ...row,
    json: namedAsColumns(row.json, columns),
  }));
  await store(engine, path, named, ignoreUnknownValues);
  insertIds.remember(
    path,
    good.flatMap(({ insertId }) => insertId || []),
  );
  const insertErrors = body.rows.flatMap((_, index) => {
    const problem = problems.get(index);
    if (problem) return [{ index, errors: [{ reason: 'invalid', debugInfo: '', ...problem }] }];
    const stopped = { reason: 'stopped', location: '', debugInfo: '', message: '' };
    return isStopped ? [{ index, errors: [stopped] }] : [];
  });
  return ok({
    kind: 'bigquery#tableDataInsertAllResponse',
    ...(insertErrors.length > 0 && { insertErrors }),
  });
}

/** The rows without those whose id was stored before or stands earlier in the request. */
function withoutRepeats(rows: readonly Row[], path: TablePath, insertIds: InsertIds): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ insertId }) => {
    if (!insertId) return true;
    if (seen.has(insertId) || insertIds.has(path, insertId)) return false;
    seen.add(insertId);
    return true;
  });
}

async function store(
  engine: Engine,
  path: TablePath,
  rows: readonly Row[],
  ignoreUnknownValues: boolean,
): Promise<void> {
  if (rows.length === 0) return;
  const { storage } = engine;
  const file = join(storage.folder.uploads, randomUUID());
  const { project: projectId, dataset: datasetId, table: tableId } = path;
  const configuration = {
    destinationTable: { projectId, datasetId, tableId },
    sourceFormat: 'NEWLINE_DELIMITED_JSON' as const,
    createDisposition: 'CREATE_NEVER' as const,
    ignoreUnknownValues,
    hasJsonTexts: true,
  };
  try {
    writeFileSync(file, rows.map(({ json }) => JSON.stringify(json)).join('\n'));
    await storage.write((session) => loadFiles(session, [file], configuration, engine.clock()));
  } finally {
    rmSync(file, { force: true });
  }
}
