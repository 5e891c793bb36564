import type { Engine } from '../jobs/engine';
import { readPage } from '../jobs/result-set';
import { BigQueryError } from '../sql/errors';
import { duckTable } from '../sql/names';
import { hasStorage } from '../storage/entries';
import { requireTable } from '../storage/table-changes';
import { countRows } from '../storage/table-size';
import { encodePage } from './encode';
import { ok } from './messages';
import { readCount, readPageToken, writePageToken } from './paginate';
import { queryFormat } from './queries';
import { MAX_PAGE_BYTES } from './query-results';
import type { Routes } from './router';
import { selectFields } from './selected-fields';
import { tablePath } from './tables';

const PAGE_ROWS = 20_000;

/** tabledata.list: a table's rows in the order in which they are stored. */
export function tableDataRoutes(engine: Engine): Routes {
  return {
    'GET /projects/:project/datasets/:dataset/tables/:table/data': (request) =>
      engine.storage.read(async (session) => {
        const { connection, catalog } = session;
        const entry = requireTable(catalog, tablePath(request));
        if (entry.kind === 'VIEW') {
          throw new BigQueryError(
            'invalid',
            `Cannot list the rows of view ${entry.path.table}: query it`,
          );
        }
        const { query } = request;
        const selection = selectFields(entry.columns, query.get('selectedFields'));
        const start = readCount(query.get('startIndex')) ?? readPageToken(query.get('pageToken'));
        const count = Math.min(readCount(query.get('maxResults')) ?? PAGE_ROWS, PAGE_ROWS);
        const rowCount = await countRows(session, entry);
        const values = hasStorage(entry)
          ? await readPage(
              connection,
              (limit) =>
                `SELECT ${selection.values.join(', ')}
                 FROM ${duckTable(entry.path)} LIMIT ${limit} OFFSET ${start}`,
              selection.columns,
              count,
              MAX_PAGE_BYTES,
            )
          : [];
        const format = queryFormat(query);
        const rows = await encodePage(selection.columns, values, format, MAX_PAGE_BYTES);
        const end = start + rows.length;
        return ok({
          kind: 'bigquery#tableDataList',
          totalRows: String(rowCount),
          rows,
          ...(end < rowCount && rows.length > 0 && { pageToken: writePageToken(end) }),
        });
      }),
  };
}
