import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type Cell, formatTable } from '../table';
import { clockOf, dayOf, type Locale } from './journey-words';

const LISTED = 20;

const LATEST = `
  SELECT
    conversion_id, conversion_type, converted_at, touch_count,
    CAST(revenue_amount_base AS STRING) AS revenue_amount_base
  FROM journeys
  WHERE conversion_date >= DATE '1970-01-01' AND (@type = '' OR conversion_type = @type)
  ORDER BY converted_at DESC, conversion_id
  LIMIT ${LISTED}`;

interface ConversionListOptions {
  readonly type?: string;
  readonly json?: boolean;
}

/** The latest conversions, with the ids by which their journeys are drawn. */
export async function conversionList(
  warehouse: Warehouse,
  locale: Locale,
  options: ConversionListOptions,
): Promise<string> {
  const rows = await warehouse.query(LATEST, { params: { type: options.type ?? '' } });
  if (options.json) return JSON.stringify(rows, null, 2);
  const lines = rows.map((row): Cell[] => {
    const time = new Date(`${row.converted_at}`);
    return [
      `${row.conversion_id}`,
      `${row.conversion_type}`,
      `${dayOf(time, locale.timeZone)} ${clockOf(time, locale.timeZone)}`,
      Number(row.touch_count),
      Number(row.revenue_amount_base).toFixed(2),
    ];
  });
  const of = options.type ? ` of type ${options.type}` : '';
  if (lines.length === 0) return `There are no conversions${of}.`;
  return [
    formatTable(['conversion_id', 'type', locale.timeZone, 'sessions', locale.baseCurrency], lines),
    '',
    `The latest ${lines.length}${of}; \`tributary report --conversion ID\` draws one's journey.`,
  ].join('\n');
}
