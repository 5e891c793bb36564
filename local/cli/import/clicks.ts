import { UserError } from '@tributary/functions/shared/errors';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { importRows } from './import-rows';
import type { RecordReader } from './record-reader';

interface ClicksOptions extends ImportDeps {
  /** CSV, NDJSON or Parquet; one row per click, as Google Ads' click_view has them. */
  readonly file: string;
}

/** Click ids that may be columns of their own, in place of click_id and click_id_type. */
const clickIdTypes = ['gclid', 'gbraid', 'wbraid', 'msclkid', 'fbclid', 'ttclid'] as const;

const levels = ['account_id', 'campaign_id', 'campaign_name', 'ad_group_id', 'ad_id', 'keyword'];

/**
 * Loads a platform's click report into raw.ad_clicks, the whole file or nothing: platform, the
 * click id (click_id and click_id_type, or a column gclid, msclkid ...), clicked_at or click_date,
 * and what was clicked. Of a click the row loaded last counts.
 *
 * @throws UserError that names file, line and column of the first thing that is wrong
 */
export function importClicks(options: ClicksOptions): Promise<ImportResult> {
  return importRows(options, {
    kind: 'clicks',
    table: 'ad_clicks',
    options: [],
    requiredColumns: (columns) => [
      'platform',
      ...(clickIdTypes.some((type) => columns.includes(type)) ? [] : ['click_id', 'click_id_type']),
      ...(columns.includes('clicked_at') ? [] : ['click_date']),
    ],
    readRow,
    keyOf: (row) => [row.platform, row.click_id_type, row.click_id],
    refuseRepeated: (row, place, twin) =>
      `${place} repeats the click ${String(row.click_id)} of line ${twin}: keep one.`,
  });
}

function readRow(reader: RecordReader): Row {
  const clickedAt =
    reader.optionalText('clicked_at') === null ? null : reader.timestamp('clicked_at');
  const named = reader.optionalText('click_date') ?? reader.optionalText('clicked_at');
  if (named === null) throw reader.refuse('click_date', 'is empty', 'give every click its day');
  return {
    platform: reader.text('platform'),
    ...Object.fromEntries(levels.map((name) => [name, reader.optionalText(name)])),
    ...clickIdOf(reader),
    click_date:
      reader.optionalText('click_date') === null
        ? String(clickedAt).slice(0, 10)
        : reader.date('click_date'),
    clicked_at: clickedAt,
  };
}

function clickIdOf(reader: RecordReader): Row {
  if (reader.optionalText('click_id') !== null)
    return { click_id: reader.text('click_id'), click_id_type: reader.text('click_id_type') };
  const type = clickIdTypes.find((name) => reader.optionalText(name) !== null);
  if (type !== undefined) return { click_id: reader.text(type), click_id_type: type };
  throw new UserError(
    `${reader.place} has no click id: give click_id and click_id_type, or a column gclid.`,
  );
}
