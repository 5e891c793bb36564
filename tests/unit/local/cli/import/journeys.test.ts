import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importJourneys } from '@tributary/local/cli/import/journeys';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');
const shared = join(__dirname, '../../../../../../shared/data/ihc');
const itOnRealFile = existsSync(shared) ? it : it.skip;
const header =
  'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,conversion,revenue';
const known = ['registration', 'conversion'];

const folder = temporaryFolder();

async function importText(text: string, options: { name?: string; conversionType?: string } = {}) {
  const file = await folder.write(options.name ?? 'journeys.csv', text);
  const warehouse = createMemoryWarehouse();
  const run = importJourneys({
    file,
    warehouse,
    clock,
    knownConversionTypes: known,
    defaultCurrency: 'EUR',
    ...(options.conversionType === undefined ? {} : { conversionType: options.conversionType }),
  });
  return { run, warehouse };
}

const csv = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;

describe('importJourneys', () => {
  itOnRealFile('loads the real journeys: 3,709 sessions of 1,946 conversions', async () => {
    const warehouse = createMemoryWarehouse();
    const result = await importJourneys({
      file: join(shared, 'journeys_raw.csv'),
      warehouse,
      clock,
      knownConversionTypes: known,
      defaultCurrency: 'EUR',
    });
    expect(result).toMatchObject({ rowCount: 3709, conversionCount: 1946, isRepeated: false });
    const rows = warehouse.rows('journey_sessions');
    const cents = new Map(
      rows.map((row) => [row.conversion_id, Math.round(Number(row.revenue_amount) * 100)]),
    );
    expect([...cents.values()].reduce((sum, value) => sum + value, 0)).toBe(11206207);
    expect(rows[0]).toEqual({
      conversion_id: '00179676da577b9b60ddf4b5dc8af836d4314f74b83aa277a8549254d85aa82f',
      conversion_type: 'conversion',
      session_id: '7da58cbf848ffde3f453d0abec375d9ceeb8b948ed9122d4d94bb63fcc9cec49',
      row_number: 1,
      occurred_at: '2023-09-01T13:01:28.000Z',
      channel: 'FB & IG Ads',
      holder_engagement: 1,
      closer_engagement: 1,
      is_conversion: true,
      is_impression: false,
      revenue_amount: '67.8',
      currency_code: 'EUR',
      ingested_at: '2026-11-21T12:00:00.000Z',
    });
  });

  it('loads the same file once', async () => {
    const { run, warehouse } = await importText(csv('c1,s1,2026-01-01 10:00:00,Direct,0,0,1,5'));
    await run;
    const again = await importJourneys({
      file: folder.path('journeys.csv'),
      warehouse,
      clock,
      knownConversionTypes: known,
      defaultCurrency: 'EUR',
    });
    expect(again).toMatchObject({ isRepeated: true, rowCount: 1, conversionCount: 1 });
    expect(warehouse.rows('journey_sessions')).toHaveLength(1);
  });

  it('reads zones, semicolons, quotes, a byte order mark and Windows line ends', async () => {
    const text = `\ufeff${header.replaceAll(',', ';')}\r\nc1;s1;2026-01-01 10:00:00 +0100;"Search; paid";1;0;1;-12.5\r\n`;
    const { run, warehouse } = await importText(text);
    await run;
    expect(warehouse.rows('journey_sessions')).toMatchObject([
      { occurred_at: '2026-01-01T09:00:00.000Z', channel: 'Search; paid', revenue_amount: '-12.5' },
    ]);
  });

  it('reads NDJSON, with conversion types and currencies by row', async () => {
    const row = {
      conversion_id: 'c1',
      session_id: 's1',
      timestamp: '2026-01-01T10:00:00Z',
      channel_label: 'Direct',
      holder_engagement: 1,
      closer_engagement: false,
      conversion: true,
      impression_interaction: 1,
      revenue: 0.1,
      currency: 'usd',
      conversion_type: 'registration',
    };
    const { run, warehouse } = await importText(JSON.stringify(row), { name: 'j.ndjson' });
    await run;
    expect(warehouse.rows('journey_sessions')).toMatchObject([
      {
        conversion_type: 'registration',
        currency_code: 'USD',
        revenue_amount: '0.1',
        is_impression: true,
      },
    ]);
  });

  const good = 'c1,s1,2026-01-01 10:00:00,Direct,0,0,1,5';
  it.each([
    [header.replace(',channel_label', ''), /lacks a column that it needs \(channel_label\)/],
    [`${header},revenue`, /the column "revenue" stands there twice/],
    [header, /has a header, but no rows/],
    [
      csv('c1,s1,yesterday,Direct,0,0,1,5'),
      /line 2, column timestamp is no time \("yesterday"\): write it as/,
    ],
    [csv('c1,s1,2026-02-30 10:00:00,Direct,0,0,1,5'), /line 2, column timestamp is no time/],
    [
      csv(good, 'c2,s2,2026-01-01 10:00:00,Direct,0,0,1,"5,00"'),
      /line 3, column revenue is no number \("5,00"\)/,
    ],
    [
      csv('c1,s1,2026-01-01 10:00:00,Direct,2,0,1,5'),
      /column holder_engagement is neither 0 nor 1 \("2"\)/,
    ],
    [csv('c1,,2026-01-01 10:00:00,Direct,0,0,1,5'), /column session_id is empty/],
    [csv(good, good), /line 3 repeats the session s1 of conversion c1 \(line 2\)/],
    [csv(good, 'c1,s2,2026-01-01 11:00:00,Direct,0,0,1,5'), /column conversion is 1 a second time/],
    [csv(good, 'c1,s2,2026-01-01 11:00:00,Direct,0,0,0,6'), /column revenue differs from line 2/],
    [csv(good, 'c1,s2,2026-01-01'), /line 3 has 3 fields where the header has 8/],
    [csv(good, '"c1,s2'), /line 3 can't be read as CSV/],
  ])('refuses the whole file %#', async (text, message) => {
    const { run, warehouse } = await importText(text);
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('journey_sessions')).toHaveLength(0);
  });

  it('refuses an unknown conversion type and lists the known ones', async () => {
    const { run } = await importText(csv(good), { conversionType: 'order' });
    await expect(run).rejects.toThrow(
      /--conversion-type names a conversion type that is not known \("order"\): use registration, conversion, or add it/,
    );
  });

  it('refuses an unknown ending, and a line that is no JSON object', async () => {
    await expect((await importText('x', { name: 'j.xlsx' })).run).rejects.toThrow(
      /must end in .csv, .ndjson or .parquet/,
    );
    await expect((await importText('[1]\n', { name: 'j.ndjson' })).run).rejects.toThrow(
      /line 1 is no JSON object/,
    );
  });
});
