import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServedWarehouse, startServing } from '../support/served-warehouse';
import {
  createTributary,
  type Finished,
  type TributaryCommand,
} from '../support/tributary-command';

jest.setTimeout(240_000);

const files = mkdtempSync(join(tmpdir(), 'tributary-bad-input-'));
let tributary: TributaryCommand;
let served: ServedWarehouse;

/** Served, so that the commands need not open the warehouse anew each time. */
beforeAll(async () => {
  tributary = createTributary();
  served = await startServing(tributary);
});
afterAll(async () => {
  await tributary?.remove();
  rmSync(files, { recursive: true, force: true });
});

const COSTS = 'channel_label,date,cost\n';
const JOURNEYS =
  'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,conversion\n';

function write(name: string, text: string): string {
  const file = join(files, name);
  writeFileSync(file, text);
  return file;
}

/** Exit code 1 and one sentence that ends in a mend; no stack, nothing on stdout. */
function expectSentence({ code, stdout, stderr }: Finished, ...parts: readonly string[]): void {
  const said = stderr.split('\n').filter((line) => !line.endsWith(' ...'));
  expect(said).toEqual([expect.stringMatching(/^Error: .+\.$/), '']);
  for (const part of parts) expect(said[0]).toContain(part);
  expect([code, stdout]).toEqual([1, '']);
}

/** How many rows each raw table has, so that nothing half-written goes unseen. */
function rawCounts(): Promise<unknown[]> {
  const tables = ['events', 'bad_events', 'ad_costs', 'journey_sessions', 'imports'];
  return served.warehouse.query(
    tables
      .map((table) => `SELECT '${table}' AS t, COUNT(*) AS n FROM raw.${table}`)
      .join(' UNION ALL '),
  );
}

const refused: readonly [string, string, string, readonly string[]][] = [
  [
    'a file without a required column',
    'costs',
    'channel_label,date\nDirect,2026-01-01\n',
    ['lacks', 'cost'],
  ],
  [
    'a number that is none',
    'costs',
    `${COSTS}Direct,2026-01-01,1\nDirect,2026-01-02,much\n`,
    ['line 3', 'cost', '"much"', 'write it as'],
  ],
  [
    'a date that is none',
    'costs',
    `${COSTS}Direct,2026-02-31,1\n`,
    ['line 2', 'date', 'YYYY-MM-DD'],
  ],
  ['a file with a header alone', 'costs', COSTS, ['no rows']],
  [
    'a flag that is none',
    'journeys',
    `${JOURNEYS}c,s,2026-01-01 00:00:00,Direct,2,1,1\n`,
    ['line 2', 'holder_engagement', '0 or 1'],
  ],
  [
    'journeys without a time',
    'journeys',
    'conversion_id,session_id\nc,s\n',
    ['lacks', 'timestamp'],
  ],
];

test.each(refused)('%s is refused whole', async (name, kind, text, parts) => {
  const before = await rawCounts();
  const file = write(`${name.replaceAll(' ', '-')}.csv`, text);
  expectSentence(await tributary.run('import', kind, file), file, ...parts);
  expect(await rawCounts()).toEqual(before);
});

test('an unknown conversion type names those that are known', async () => {
  const before = await rawCounts();
  const file = write('type.csv', `${JOURNEYS}c,s,2026-01-01 00:00:00,Direct,1,1,1\n`);
  const finished = await tributary.run('import', 'journeys', file, '--conversion-type', 'sale');
  expectSentence(finished, '"sale"', 'use conversion', 'includes/settings.js');
  expect(await rawCounts()).toEqual(before);
});

test.each([
  ['a file that is not there', ['import', 'costs', '/nowhere/costs.csv'], ['/nowhere/costs.csv']],
  [
    'a table that is not there',
    ['query', 'SELECT 1 FROM nothing_here'],
    ['nothing_here', 'tributary run'],
  ],
  ['a number of persons that is none', ['demo', '--persons', 'many'], ['--persons', '"many"']],
  ['too many persons', ['demo', '--persons', '-1'], ['persons must be a whole number']],
  ['a port that is none', ['serve', '--port', 'http'], ['--port', '"http"']],
])('%s', async (_name, args, parts) => {
  expectSentence(await tributary.run(...args), ...parts);
});

test('GoogleSQL that cannot be read is refused with its place', async () => {
  expectSentence(await tributary.run('query', 'SELECT 1 +'), 'Syntax error', '[1:');
});

test('a malformed log line is kept aside with its reason; a log of such lines is refused', async () => {
  const good =
    '203.0.113.9 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n';
  const log = write('access.log', `${good}what is this\n`);
  const { stdout } = await tributary.succeed('import', 'access-log', log, '--site', 'blog');
  expect(stdout).toContain('1 rows loaded, 1 kept aside');
  expect(
    await served.warehouse.query(
      "SELECT path, reason != '' AS has_reason FROM raw.bad_events WHERE path = 'line 2'",
    ),
  ).toEqual([{ path: 'line 2', has_reason: true }]);

  const before = await rawCounts();
  const none = write('letter.log', 'Dear all,\nthis is no log.\n');
  expectSentence(
    await tributary.run('import', 'access-log', none, '--site', 'blog'),
    none,
    'line 1',
  );
  expect(await rawCounts()).toEqual(before);
});

test('a warehouse of an older version is left as it is', async () => {
  const old = createTributary();
  mkdirSync(old.dir);
  writeFileSync(join(old.dir, 'warehouse.json'), '{"format": 0}');
  expectSentence(await old.run('query', 'SELECT 1'), 'older format 0', '--warehouse');
  await old.remove();
});

test('a missing analyzer is named, with what to do', async () => {
  const hook = write(
    'hide-analyzer.cjs',
    `const Module = require('node:module');
     const resolveFilename = Module._resolveFilename;
     Module._resolveFilename = function (request, ...rest) {
       if (request.startsWith('@fivetrandevelopers/')) throw new Error('Cannot find module');
       return resolveFilename.call(this, request, ...rest);
     };`,
  );
  const without = createTributary({ NODE_OPTIONS: `--require=${hook}` });
  const finished = await without.run('query', 'SELECT 1');
  expectSentence(
    finished,
    '@fivetrandevelopers/zetasql is not installed',
    'npm install',
    '--cloud',
  );
  await without.remove();
});
