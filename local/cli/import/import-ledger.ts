import { basename } from 'node:path';
import { sha256 } from '@tributary/functions/shared/hash';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { hashFile } from './read-file';

/** A file, together with the options that change what is made of it. */
export interface ImportedFile {
  readonly kind: 'access_log' | 'journeys' | 'costs' | 'clicks' | 'rates' | 'events' | 'lift_tests';
  readonly file: string;
  readonly options: readonly (string | null)[];
}

export interface Ledger {
  /** Id of the load job; made of the file's content and options, so that trying again is safe. */
  readonly importId: string;
  /** The result of the same import of before, where importing again would change nothing. */
  readonly earlier: ImportResult | undefined;
  /** Notes the import, once its rows are loaded. */
  close(result: ImportResult): Promise<void>;
}

/**
 * Looks up whether the same file was imported before. BigQuery remembers the ids of load jobs
 * for half a year, the local one while it runs: raw.imports remembers them for good.
 */
export async function openLedger(imported: ImportedFile, deps: ImportDeps): Promise<Ledger> {
  const { warehouse, clock } = deps;
  const fileSha256 = await hashFile(imported.file);
  const key = [imported.kind, fileSha256, ...imported.options];
  const importId = `import_${imported.kind}_${sha256(JSON.stringify(key)).slice(0, 32)}`;
  await warehouse.ensureRawTables();
  const imports = await warehouse.query(
    `SELECT import_id, row_count, kept_aside_count, imported_at FROM ${deps.rawDataset ?? 'raw'}.imports WHERE kind = @kind`,
    { params: { kind: imported.kind } },
  );
  const same = imports.filter((row) => row.import_id === importId);
  return {
    importId: same.length === 0 ? importId : `${importId}_${same.length + 1}`,
    earlier: findEarlier(imported, imports, same),
    async close(result) {
      const row = {
        import_id: importId,
        kind: imported.kind,
        file_name: basename(imported.file),
        file_sha256: fileSha256,
        row_count: result.rowCount,
        kept_aside_count: result.keptAsideCount,
        imported_at: clock().toISOString(),
      };
      await warehouse.load('imports', [row], { jobId: `${importId}_ledger_${same.length + 1}` });
    },
  };
}

function findEarlier(
  imported: ImportedFile,
  imports: readonly Row[],
  same: readonly Row[],
): ImportResult | undefined {
  const last = same.reduce<Row | undefined>(
    (newest, row) => (newest && timeOf(newest) >= timeOf(row) ? newest : row),
    undefined,
  );
  if (last === undefined) return undefined;
  // Of journeys and reports the row imported last counts: after a corrected file, the first one
  // may be wanted back. Events are facts, which no other file replaces.
  const isReplaced = imports.some((row) => timeOf(row) > timeOf(last));
  if (isReplaced && ['journeys', 'costs', 'clicks', 'rates', 'lift_tests'].includes(imported.kind))
    return undefined;
  return {
    rowCount: Number(last.row_count),
    keptAsideCount: Number(last.kept_aside_count),
    isRepeated: true,
  };
}

function timeOf(row: Row): number {
  return Date.parse(String(row.imported_at));
}
