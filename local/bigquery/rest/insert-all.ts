import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { loadFiles } from '../jobs/load-job';
import { checkRow, type RowProblem } from '../jobs/row-checks';
import { requireTable } from '../storage/table-changes';
import { ok, parse, type RestRequest, type RestResponse } from './messages';
import type { Routes } from './router';
import { tablePath } from './tables';

const insertBody = z.object({
  rows: z.array(z.object({ json: z.record(z.string(), z.unknown()) })).min(1),
  skipInvalidRows: z.boolean().optional(),
  ignoreUnknownValues: z.boolean().optional(),
});

/**
 * tabledata.insertAll. Bad rows come back with their index and reason; the good ones are stored
 * only if skipInvalidRows says so, else they come back as 'stopped'.
 */
export function insertAllRoutes(engine: Engine): Routes {
  return {
    'POST /projects/:project/datasets/:dataset/tables/:table/insertAll': (request) =>
      insertAll(engine, request),
  };
}

async function insertAll(engine: Engine, request: RestRequest): Promise<RestResponse> {
  const body = parse(insertBody, await request.json());
  const path = tablePath(request);
  const ignoreUnknownValues = body.ignoreUnknownValues ?? false;
  const { columns } = requireTable(engine.storage.catalog, path);
  const problems = new Map<number, RowProblem>();
  for (const [index, { json }] of body.rows.entries()) {
    const problem = checkRow(json, columns, ignoreUnknownValues);
    if (problem) problems.set(index, problem);
  }
  const isStopped = problems.size > 0 && !body.skipInvalidRows;
  const good = isStopped ? [] : body.rows.filter((_, index) => !problems.has(index));
  if (good.length > 0) {
    const file = join(engine.storage.folder.uploads, randomUUID());
    writeFileSync(file, good.map(({ json }) => JSON.stringify(json)).join('\n'));
    const { project: projectId, dataset: datasetId, table: tableId } = path;
    try {
      await engine.storage.write((session) =>
        loadFiles(
          session,
          [file],
          {
            destinationTable: { projectId, datasetId, tableId },
            sourceFormat: 'NEWLINE_DELIMITED_JSON',
            createDisposition: 'CREATE_NEVER',
            ignoreUnknownValues,
          },
          engine.clock(),
        ),
      );
    } finally {
      rmSync(file, { force: true });
    }
  }
  const insertErrors = body.rows.flatMap((_, index) => {
    const problem = problems.get(index);
    if (problem) return [{ index, errors: [{ reason: 'invalid', ...problem }] }];
    return isStopped ? [{ index, errors: [{ reason: 'stopped', location: '', message: '' }] }] : [];
  });
  return ok({
    kind: 'bigquery#tableDataInsertAllResponse',
    ...(insertErrors.length > 0 && { insertErrors }),
  });
}
