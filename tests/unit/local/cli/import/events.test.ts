import { DuckDBInstance } from '@duckdb/node-api';
import { importEvents } from '@tributary/local/cli/import/events';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');
const event = {
  event_name: 'page_view',
  site_id: 'shop',
  occurred_at: '2026-01-02T03:04:05Z',
  anonymous_id: 'a1',
  consent: { analytics: true },
};

const folder = temporaryFolder();

async function importText(name: string, text: string, warehouse = createMemoryWarehouse()) {
  const file = await folder.write(name, text);
  return { warehouse, run: importEvents({ file, warehouse, clock }) };
}

describe('importEvents', () => {
  it('loads NDJSON through the checks of the collector, and keeps the rest aside', async () => {
    const lines = [
      JSON.stringify(event),
      JSON.stringify({ ...event, event_name: 'Page View' }),
      '{"event_name":',
      JSON.stringify({ ...event, occurred_at: '2027-01-01T00:00:00Z', email: 'a@b.example' }),
    ];
    const { run, warehouse } = await importText('events.ndjson', lines.join('\n'));
    expect(await run).toEqual({
      rowCount: 1,
      keptAsideCount: 3,
      anonymousCount: 0,
      isRepeated: false,
    });
    expect(warehouse.rows('events')).toMatchObject([
      { source: 'import', anonymous_id: 'a1', occurred_at: '2026-01-02T03:04:05.000Z' },
    ]);
    expect(warehouse.rows('bad_events').map((row) => [row.path, row.reason])).toEqual([
      ['line 2, event_name', expect.stringMatching(/snake_case/)],
      ['line 3', 'is no JSON object'],
      ['line 4, occurred_at', expect.stringMatching(/future/)],
    ]);
    expect(JSON.stringify(warehouse.rows('bad_events'))).not.toContain('a@b.example');
  });

  it('reads CSV with nested columns and times without a zone', async () => {
    const { run, warehouse } = await importText(
      'events.csv',
      'event_name,site_id,occurred_at,anonymous_id,consent.analytics,properties.product_id,properties.price,email\n' +
        'product_view,shop,2026-01-02 03:04:05,a1,true,007,12.5, Ann@Example.com \n',
    );
    await run;
    expect(warehouse.rows('events')).toMatchObject([
      {
        occurred_at: '2026-01-02T03:04:05.000Z',
        consent: { analytics: true },
        properties: { product_id: '007', price: 12.5 },
        // sha256 of ann@example.com
        email_sha256: '71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476',
      },
    ]);
  });

  it('reads Parquet with structs', async () => {
    const file = folder.path('events.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT 'page_view' AS event_name, 'shop' AS site_id, TIMESTAMP '2026-01-02 03:04:05' AS occurred_at, 'a1' AS anonymous_id, {analytics: true, marketing: NULL::BOOLEAN} AS consent) TO '${file}' (FORMAT parquet)`,
    );
    const warehouse = createMemoryWarehouse();
    await importEvents({ file, warehouse, clock });
    expect(warehouse.rows('events')).toMatchObject([
      { occurred_at: '2026-01-02T03:04:05.000Z', anonymous_id: 'a1' },
    ]);
  });

  it('gives equal events without an id different ids, the same ones each time', async () => {
    const line = JSON.stringify(event);
    const { run, warehouse } = await importText('events.ndjson', `${line}\n${line}\n`);
    await run;
    const grown = await importText('more.ndjson', `${line}\n${line}\n${line}\n`, warehouse);
    await grown.run;
    const ids = warehouse.rows('events').map((row) => row.event_id);
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(2, 4)).toEqual(ids.slice(0, 2));
  });

  it('counts events without consent, which keep no identifiers', async () => {
    const { consent: _, ...silent } = event;
    const { run, warehouse } = await importText('events.ndjson', JSON.stringify(silent));
    expect(await run).toMatchObject({ anonymousCount: 1 });
    expect(warehouse.rows('events')).toMatchObject([{ anonymous_id: null }]);
  });

  it.each([
    ['events.csv', 'event_name,site_id\nx,y\n', /lacks a column that it needs \(occurred_at\)/],
    ['events.ndjson', '{"a":1}\n', /holds no event that can be taken: of 1 records the first/],
    ['events.parquet', 'x', /can't be read as Parquet/],
  ])('refuses a file without events %#', async (name, text, message) => {
    const { run, warehouse } = await importText(name, text);
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('bad_events')).toHaveLength(0);
  });
});
