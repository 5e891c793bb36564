import { badEventRow } from '@tributary/functions/collection/bad-event';
import { cleanJson } from '@tributary/functions/collection/clean-json';
import { UserError } from '@tributary/functions/shared/errors';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { openLedger } from './import-ledger';
import { keepAside } from './kept-aside';
import { type CheckedLiftTest, namesOf, readLiftTest } from './lift-test-record';
import { type FileRecord, openRecords } from './read-records';
import { requireColumns } from './record-reader';

interface LiftTestsOptions extends ImportDeps {
  /** CSV, NDJSON or Parquet; one row per lift test. */
  readonly file: string;
  /** Conversion type of tests without a column conversion_type. */
  readonly conversionType?: string;
  /** The conversion types of the settings; where there is one, tests without type are of it. */
  readonly knownConversionTypes: readonly string[];
}

const REQUIRED = [
  'channel',
  'start_date',
  'end_date',
  'incremental_conversion_count',
  'standard_error',
];

/**
 * Loads lift tests into raw.lift_tests. A test that can't be used is kept aside in raw.bad_events
 * with its reason: the others are experiments of their own, and right without it.
 *
 * @throws UserError where the file can't be read, or no test of it can be used
 */
export async function importLiftTests(options: LiftTestsOptions): Promise<ImportResult> {
  const { file, warehouse, clock, knownConversionTypes } = options;
  const only = knownConversionTypes.length === 1 ? knownConversionTypes[0] : undefined;
  const defaultType = options.conversionType ?? only;
  const source = await openRecords(file);
  requireColumns(file, source.columns && namesOf(source.columns), REQUIRED);

  const receivedAt = clock();
  const lines = new Map<string, number>();
  const bad: Row[] = [];
  const rows = await createNdjsonFile();
  try {
    for await (const record of source.records) {
      const checked = unlessRepeated(
        record.problem === undefined
          ? readLiftTest(record.values, defaultType, knownConversionTypes)
          : { ok: false, reason: record.problem, column: '' },
        record,
        lines,
      );
      if (checked.ok) await rows.write({ ...checked.row, ingested_at: receivedAt.toISOString() });
      else {
        const place = `${source.unit} ${record.line}`;
        const path = checked.column === '' ? place : `${place}, ${checked.column}`;
        const payload = cleanJson(record.values);
        const { reason } = checked;
        bad.push(badEventRow({ source: 'import', receivedAt, reason, path, payload, idParts: [] }));
      }
    }
    await rows.close();
    if (rows.rowCount === 0) throw noTestsError(file, bad);

    const kind = 'lift_tests';
    const ledger = await openLedger({ kind, file, options: [defaultType ?? null] }, options);
    if (ledger.earlier) return ledger.earlier;
    await keepAside(bad, `${ledger.importId}_aside`, options);
    await warehouse.loadFile('lift_tests', rows.path, { jobId: ledger.importId });
    const result = { rowCount: rows.rowCount, keptAsideCount: bad.length, isRepeated: false };
    await ledger.close(result);
    return result;
  } finally {
    await rows.remove();
  }
}

/** Of two rows of one test nobody knows which is right: the first stays. */
function unlessRepeated(
  checked: CheckedLiftTest,
  { line }: FileRecord,
  lines: Map<string, number>,
): CheckedLiftTest {
  if (!checked.ok) return checked;
  const { lift_test_name, conversion_type, channel, start_date, end_date } = checked.row;
  const key = JSON.stringify([lift_test_name, conversion_type, channel, start_date, end_date]);
  const twin = lines.get(key);
  if (twin === undefined) {
    lines.set(key, line);
    return checked;
  }
  const reason = `repeats the test of line ${twin}: name them apart in lift_test_name, or keep one`;
  return { ok: false, reason, column: '' };
}

function noTestsError(file: string, bad: readonly Row[]): UserError {
  const [first] = bad;
  if (first === undefined)
    return new UserError(`${file} has no records: there is nothing to import.`);
  return new UserError(
    `${file} holds no lift test that can be used: of ${bad.length} the first (${String(first.path)}) is refused: ${String(first.reason)}.`,
  );
}
