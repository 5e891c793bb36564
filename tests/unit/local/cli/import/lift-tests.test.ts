import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLiftTests } from '@tributary/local/cli/import/lift-tests';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';

const clock = () => new Date('2026-11-21T12:00:00Z');
const HEADER = 'channel,start_date,end_date,incremental_conversion_count,standard_error,population';
const GOOD = 'Paid Search,2026-09-01,2026-09-28,120.5,30,50000';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function importText(text: string, options: { name?: string; conversionType?: string } = {}) {
  const { name = 'tests.csv', ...rest } = { conversionType: 'first_order', ...options };
  const file = join(folder, name);
  await writeFile(file, text);
  const warehouse = createMemoryWarehouse();
  const knownConversionTypes = ['registration', 'first_order'];
  const load = () => importLiftTests({ file, warehouse, clock, knownConversionTypes, ...rest });
  return { warehouse, load };
}

describe('importLiftTests', () => {
  it('loads tests with all their digits', async () => {
    const { load, warehouse } = await importText(`${HEADER}\n${GOOD}\n`);
    expect(await load()).toEqual({ rowCount: 1, keptAsideCount: 0, isRepeated: false });
    expect(warehouse.rows('lift_tests')).toEqual([
      {
        lift_test_name: null,
        conversion_type: 'first_order',
        channel: 'Paid Search',
        start_date: '2026-09-01',
        end_date: '2026-09-28',
        incremental_conversion_count: '120.5',
        standard_error: '30',
        population: 50000,
        ingested_at: '2026-11-21T12:00:00.000Z',
      },
    ]);
  });

  it('takes other names of columns, types of their own, and tests of everybody', async () => {
    const records = [
      {
        channel_label: 'Email',
        start: '2026-09-01',
        end: '2026-09-02',
        incremental_conversions: -4,
      },
      { channel: 'Email', start_date: '2026-09-01', end_date: '2026-09-02', name: 'north' },
    ].map((record, index) => ({
      standard_error: 2.5,
      ...(index === 1 ? { incremental_conversion_count: 3 } : {}),
      conversion_type: 'registration',
      ...record,
    }));
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    const { load, warehouse } = await importText(text, { name: 'tests.ndjson' });
    expect(await load()).toMatchObject({ rowCount: 2, keptAsideCount: 0 });
    expect(warehouse.rows('lift_tests')).toMatchObject([
      { conversion_type: 'registration', population: null, incremental_conversion_count: '-4' },
      { conversion_type: 'registration', lift_test_name: 'north' },
    ]);
  });

  it('is nothing new the second time', async () => {
    const { load, warehouse } = await importText(`${HEADER}\n${GOOD}\n`);
    await load();
    expect(await load()).toEqual({ rowCount: 1, keptAsideCount: 0, isRepeated: true });
    expect(warehouse.rows('lift_tests')).toHaveLength(1);
  });

  it.each([
    [',2026-09-01,2026-09-28,1,1,', 'channel must name the channel as the reports do'],
    ['Email,2026-09-31,2026-10-28,1,1,', 'start_date must be a day as YYYY-MM-DD'],
    ['Email,2026-09-02,2026-09-01,1,1,', 'end_date must not be before start_date'],
    ['Email,2026-09-01,2026-09-28,many,1,', /incremental_conversion_count must be the number/],
    ['Email,2026-09-01,2026-09-28,1,0,', 'standard_error must be a number above 0'],
    ['Email,2026-09-01,2026-09-28,1,,', 'standard_error must be a number above 0'],
    ['Email,2026-09-01,2026-09-28,1,1,0.5', /population must be a whole number of persons/],
    [GOOD, /^repeats the test of line 2: name them apart/],
    ['Email,2026-09-01,2026-09-28,1,1,1,1', /field/],
  ])('keeps aside %s', async (line, reason) => {
    const { load, warehouse } = await importText(`${HEADER}\n${GOOD}\n${line}\n`);
    expect(await load()).toMatchObject({ rowCount: 1, keptAsideCount: 1 });
    expect(warehouse.rows('bad_events')).toMatchObject([
      {
        source: 'import',
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
        path: expect.stringMatching(/^line 3/),
      },
    ]);
  });

  it('refuses a file without any test that can be used, and names the types', async () => {
    const { load } = await importText(`${HEADER}\n${GOOD}\n`, { conversionType: 'lead' });
    await expect(load()).rejects.toThrow(
      /holds no lift test .* \(line 2, conversion_type\) .* must be one of registration, first_order, not lead\.$/,
    );
    const { load: headless } = await importText('channel,standard_error\nEmail,1\n');
    await expect(headless()).rejects.toThrow(/lacks columns that it needs \(start_date, end_date/);
    const { load: empty } = await importText(`${HEADER}\n`);
    await expect(empty()).rejects.toThrow(/no records/);
  });
});
