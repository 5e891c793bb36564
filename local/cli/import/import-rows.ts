import { UserError } from '@tributary/functions/shared/errors';
import type { RawTableName } from '@tributary/functions/shared/raw-tables';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { type ImportedFile, openLedger } from './import-ledger';
import { openRecords } from './read-records';
import { RecordReader, requireColumns } from './record-reader';

/** What one kind of report is made of. */
interface RowFormat {
  readonly kind: ImportedFile['kind'];
  readonly table: RawTableName;
  /** Options that change what is made of the file. */
  readonly options: readonly string[];
  requiredColumns(columns: readonly string[]): readonly string[];
  /** The row without ingested_at; throws a UserError that names what is wrong. */
  readRow(reader: RecordReader): Row;
  /** What two rows of a file must not have in common. */
  keyOf(row: Row): readonly unknown[];
  /** The sentence about a row with the key of an earlier line. */
  refuseRepeated(row: Row, place: string, twin: number): string;
}

/**
 * Loads a report whose rows stand for themselves, the whole file or nothing: every row is read and
 * checked before any is loaded.
 *
 * @throws UserError that names file, line and column of the first thing that is wrong
 */
export async function importRows(
  options: ImportDeps & { readonly file: string },
  format: RowFormat,
): Promise<ImportResult> {
  const { file, warehouse, clock } = options;
  const source = await openRecords(file);
  requireColumns(file, source.columns, format.requiredColumns(source.columns ?? []));

  const ingestedAt = clock().toISOString();
  const lines = new Map<string, number>();
  const rows = await createNdjsonFile();
  try {
    for await (const record of source.records) {
      const reader = new RecordReader(file, source.unit, record);
      const row = { ...format.readRow(reader), ingested_at: ingestedAt };
      const key = JSON.stringify(format.keyOf(row));
      const twin = lines.get(key);
      if (twin !== undefined) throw new UserError(format.refuseRepeated(row, reader.place, twin));
      lines.set(key, record.line);
      await rows.write(row);
    }
    await rows.close();
    if (rows.rowCount === 0) throw new UserError(`${file} has a header, but no rows to import.`);

    const { kind, table } = format;
    const ledger = await openLedger({ kind, file, options: format.options }, options);
    if (ledger.earlier) return ledger.earlier;
    await warehouse.loadFile(table, rows.path, { jobId: ledger.importId });
    const result = { rowCount: rows.rowCount, keptAsideCount: 0, isRepeated: false };
    await ledger.close(result);
    return result;
  } finally {
    await rows.remove();
  }
}
