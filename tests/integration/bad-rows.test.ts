import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTributary, type TributaryCommand } from '../support/tributary-command';

jest.setTimeout(240_000);

const files = mkdtempSync(join(tmpdir(), 'tributary-bad-rows-'));
let shop: TributaryCommand;

beforeAll(() => {
  shop = createTributary();
});
afterAll(async () => {
  await shop?.remove();
  rmSync(files, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = join(files, name);
  writeFileSync(file, text);
  return file;
}

const event = (fields: object): string =>
  JSON.stringify({
    event_name: 'page_view',
    site_id: 'shop',
    anonymous_id: 'a1',
    occurred_at: '2026-01-01T10:00:00Z',
    page_url: 'https://shop.example/',
    consent: { analytics: true },
    ...fields,
  });

test('a duplicate counts once, an event from the future never; a currency without a rate stops the run', async () => {
  const lines = [
    event({ event_id: 'one' }),
    event({ event_id: 'one' }),
    event({ event_id: 'future', occurred_at: '2999-01-01T00:00:00Z' }),
  ];
  const file = write('events.ndjson', `${lines.join('\n')}\n`);
  const { stdout } = await shop.succeed('import', 'events', file);
  expect(stdout).toContain('1 kept aside');
  const [bad] = await shop.query('SELECT path, reason FROM raw.bad_events');
  expect(bad).toEqual({
    path: 'line 3, occurred_at',
    reason: expect.stringMatching(/lies in the future .*: check the sender's clock/),
  });
  await shop.succeed('run', '--tag', 'prepare');
  expect(await shop.query('SELECT event_count FROM sessions')).toEqual([{ event_count: 1 }]);

  const costs = 'channel_label,date,cost,currency_code\nDirect,2026-01-01,5,XAF\n';
  await shop.succeed('import', 'costs', write('xaf.csv', costs));
  const failed = await shop.run('run', '--tag', 'prepare');
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(
    'There is no exchange rate from XAF to EUR for 2026-01-01: load it into raw.exchange_rates, then run again.',
  );
  expect(failed.stderr).not.toMatch(/\n +at /);
  expect(await shop.query('SELECT event_count FROM sessions')).toEqual([{ event_count: 1 }]);
});
