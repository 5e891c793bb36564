import { UserError } from '@tributary/functions/shared/errors';
import { createNdjsonFile } from '@tributary/functions/warehouse/ndjson';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { openLedger } from './import-ledger';
import { JourneyChecks } from './journey-checks';
import { openRecords } from './read-records';
import { RecordReader, requireColumns } from './record-reader';

interface JourneysOptions extends ImportDeps {
  /** CSV, NDJSON or Parquet; one row per session of a journey. */
  readonly file: string;
  /** Type of the conversions of rows without a column conversion_type; "conversion" unless told. */
  readonly conversionType?: string;
  /** The conversion types of includes/settings.js. */
  readonly knownConversionTypes: readonly string[];
  /** Currency of revenues without a column currency: the shop's base currency. */
  readonly defaultCurrency: string;
}

interface JourneysResult extends ImportResult {
  readonly conversionCount: number;
}

const requiredColumns = [
  'conversion_id',
  'session_id',
  'timestamp',
  'channel_label',
  'holder_engagement',
  'closer_engagement',
  'conversion',
];

/**
 * Loads journeys that were built elsewhere into raw.journey_sessions. The whole file or nothing:
 * a journey that lacks a session would be scored wrongly.
 *
 * @throws UserError that names file, line and column of the first thing that is wrong
 */
export async function importJourneys(options: JourneysOptions): Promise<JourneysResult> {
  const { file, warehouse, clock } = options;
  const type = options.conversionType ?? 'conversion';
  checkType(type, 'The option --conversion-type', options.knownConversionTypes);
  const source = await openRecords(file);
  requireColumns(file, source.columns, requiredColumns);

  const ingestedAt = clock().toISOString();
  const checks = new JourneyChecks();
  const rows = await createNdjsonFile();
  try {
    for await (const record of source.records) {
      const reader = new RecordReader(file, source.unit, record);
      const row = readRow(reader, rows.rowCount + 1, type, options, ingestedAt);
      checks.add(row, reader);
      await rows.write(row);
    }
    await rows.close();
    if (rows.rowCount === 0) throw new UserError(`${file} has a header, but no rows to import.`);

    const counts = { conversionCount: checks.conversionCount };
    const imported = { kind: 'journeys', file, options: [type, options.defaultCurrency] } as const;
    const ledger = await openLedger(imported, options);
    if (ledger.earlier) return { ...ledger.earlier, ...counts };
    await warehouse.loadFile('journey_sessions', rows.path, { jobId: ledger.importId });
    const result = { rowCount: rows.rowCount, keptAsideCount: 0, isRepeated: false };
    await ledger.close(result);
    return { ...result, ...counts };
  } finally {
    await rows.remove();
  }
}

function readRow(
  reader: RecordReader,
  rowNumber: number,
  defaultType: string,
  options: JourneysOptions,
  ingestedAt: string,
): Row {
  const conversionType = reader.optionalText('conversion_type') ?? defaultType;
  checkType(
    conversionType,
    `${reader.place}, column conversion_type`,
    options.knownConversionTypes,
  );
  const revenue = reader.optionalNumeric('revenue');
  const currency = reader.currency(options.defaultCurrency);
  const hasImpressions = reader.optionalText('impression_interaction') !== null;
  return {
    conversion_id: reader.text('conversion_id'),
    conversion_type: conversionType,
    session_id: reader.text('session_id'),
    row_number: rowNumber,
    occurred_at: reader.timestamp('timestamp'),
    channel: reader.text('channel_label'),
    holder_engagement: reader.flag('holder_engagement'),
    closer_engagement: reader.flag('closer_engagement'),
    is_conversion: reader.flag('conversion') === 1,
    is_impression: hasImpressions && reader.flag('impression_interaction') === 1,
    revenue_amount: revenue,
    currency_code: revenue === null ? null : currency,
    ingested_at: ingestedAt,
  };
}

function checkType(type: string, place: string, known: readonly string[]): void {
  if (known.includes(type)) return;
  throw new UserError(
    `${place} names a conversion type that is not known ("${type}"): use ${known.join(', ')}, or add it to conversion_types in includes/settings.js.`,
  );
}
