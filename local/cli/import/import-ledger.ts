import { basename } from 'node:path';
import { sha256 } from '@tributary/functions/shared/hash';
import type { ImportDeps, ImportResult } from './deps';
import { hashFile } from './read-file';

/** A file, together with the options that change what is made of it. */
export interface ImportedFile {
  readonly kind: 'access_log' | 'journeys' | 'costs' | 'events';
  readonly file: string;
  readonly options: readonly (string | null)[];
}

export interface Ledger {
  /** Made of the file's content and options alone: the same import has the same id. */
  readonly importId: string;
  /** The result of the same import of before, if there was one. */
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
  const [earlier] = await warehouse.query(
    `SELECT row_count, kept_aside_count FROM ${deps.rawDataset ?? 'raw'}.imports WHERE import_id = @import_id LIMIT 1`,
    { params: { import_id: importId } },
  );
  return {
    importId,
    earlier: earlier && {
      rowCount: Number(earlier.row_count),
      keptAsideCount: Number(earlier.kept_aside_count),
      isRepeated: true,
    },
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
      await warehouse.load('imports', [row], { jobId: `${importId}_ledger` });
    },
  };
}
