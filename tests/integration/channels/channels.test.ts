import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChannels } from '@tributary/local/cli/channels/channels-of-file';
import { findProject } from '@tributary/local/cli/project';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { draws, SEED } from '../../support/draws';
import { createTributary } from '../../support/tributary-command';

/**
 * `tributary channels` as it is called: the models' own SQL on a file. cases.csv holds a rule of
 * GA4's documentation or of ours on each line, with what it must give in the columns want_*.
 */
const tributary = createTributary();
const folder = mkdtempSync(join(tmpdir(), 'tributary-channels-test-'));
const cases = join(__dirname, 'cases.csv');
const NASTY = draws(10_000);

jest.setTimeout(draws(240_000));

afterAll(async () => {
  await tributary.remove();
  rmSync(folder, { recursive: true, force: true });
});

type Record = { readonly [column: string]: string };
const readRecords = (text: string): Record[] => parse(text, { columns: true });

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('each rule gives the source, the term and the channels that it says', async () => {
  const { stdout } = await tributary.succeed('channels', '--input', cases);
  const given = readRecords(readFileSync(cases, 'utf8'));
  const answered = readRecords(stdout);
  expect(answered.length).toBe(given.length);
  expect(given.length).toBeGreaterThanOrEqual(250);
  const wrong = answered.filter((row, index) => {
    const wanted = Object.entries(given[index] ?? {});
    return wanted.some(([name, value]) => row[name] !== value || row[answerOf(name)] !== value);
  });
  expect(wrong).toEqual([]);
});

/** want_source -> source; the file's own columns are kept as they are. */
function answerOf(name: string): string {
  return name.replace(/^want_/, '');
}

test(`${NASTY} nasty URLs: nothing throws, and every visit has a channel (seed ${SEED})`, async () => {
  const visits = fc.sample(visit(), NASTY);
  const input = fileOf('nasty.ndjson', visits.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const out = join(folder, 'nasty_out.ndjson');
  await tributary.succeed('channels', '--input', input, '--out', out);
  const answers = readFileSync(out, 'utf8').trim().split('\n');
  expect(answers.length).toBe(visits.length);
  const unanswered = answers
    .map((line): Record => JSON.parse(line))
    .filter(({ source, medium, channel_ga4, channel }) =>
      [source, medium, channel_ga4, channel].some((value) => (value ?? '') === ''),
    );
  expect(unanswered).toEqual([]);
});

/** URLs out of pieces that break readers of URLs. */
function visit() {
  const key = fc.constantFrom('utm_source', 'utm_medium', 'UTM_Campaign', 'gclid', 'fbclid', 'q');
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('google', 'cpc', '%E0%A4%A', '%', '%%%', '%00', '%C3%28', '\ud800', '\u0000'),
    fc.constantFrom('{{campaign.name}}', '(not set)', '+', '&amp;', '=', '??', "'''", '\\', '$1'),
  );
  const parameter = fc.tuple(key, text).map(([name, value]) => `${name}=${value}`);
  const query = fc.oneof(
    { weight: 50, arbitrary: fc.array(parameter, { maxLength: 6 }).map((all) => all.join('&')) },
    { weight: 1, arbitrary: text.map((value) => `utm_source=${value}${'x%20'.repeat(2_500)}`) },
  );
  const start = fc.constantFrom(
    ...[
      'https://shop.example/',
      'https://user:pw@SHOP.example:80/a',
      'http://',
      '://',
      '/relative',
    ],
    ...['https://www.google.com/search', 'android-app://com.google.android.gm/', 'HTTPS://[::1]/'],
    ...['https://xn--n3h.example/', 'https://a..b./', 'javascript:void(0)', '', '\ud83d', '\t\n'],
  );
  const url = fc
    .tuple(start, fc.constantFrom('?', '#', '?#', '&', ''), query)
    .map((all) => all.join(''));
  const field = fc.oneof(
    { weight: 9, arbitrary: url },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  return fc.record({ page_url: field, page_referrer: field });
}

test('own hosts are no referrers; columns that are called as ours keep their values', async () => {
  const input = fileOf(
    'own.csv',
    'source,page_url,page_referrer,note\n' +
      'a,,https://www.bing.com/,"x, y"\n' +
      'b,https://shop.example/,https://pay.shop-checkout.example/,\n' +
      'c,/cart,https://www.shop.example/,\n',
  );
  const hosts = ['--site-host', 'shop.example', '--site-host', 'shop-checkout.example'];
  const { stdout } = await tributary.succeed('channels', '--input', input, ...hosts);
  expect(stdout).toBe(
    'input_source,page_url,page_referrer,note,source,medium,campaign,term,click_id_type,channel_ga4,channel\n' +
      'a,,https://www.bing.com/,"x, y",bing,organic,,,,Organic Search,Organic Search\n' +
      'b,https://shop.example/,https://pay.shop-checkout.example/,,(direct),(none),,,,Direct,Direct\n' +
      'c,/cart,https://www.shop.example/,,(direct),(none),,,,Direct,Direct\n',
  );
});

test.each([
  ['a missing column', 'a.csv', 'page_url,b\nx,y\n', /a\.csv lacks a column .*page_referrer/],
  ['an empty file', 'empty.csv', '', /empty\.csv is empty/],
  ['a field too many', 'b.csv', 'page_url,page_referrer\n/,,\n', /b\.csv, line 2 has 3 fields/],
  ['an open quote', 'c.csv', 'page_url,page_referrer\n"/,\n', /c\.csv.* can't be read as CSV/],
  ['no fields of ours', 'd.ndjson', '{"a": 1}\n', /d\.ndjson lacks fields/],
  ['an unknown ending', 'e.xlsx', 'x', /e\.xlsx can't be read: its name must end in/],
])('%s is refused in one sentence', async (_, name, text, message) => {
  const input = fileOf(name, text);
  await expect(writeChannels({ project: findProject(), input, siteHosts: [] })).rejects.toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringMatching(message) }),
  );
});
