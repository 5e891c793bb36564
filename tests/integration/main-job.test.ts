import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { startServing } from '../support/served-warehouse';
import { createTributary, type TributaryCommand } from '../support/tributary-command';
import { precision, recall, scoreHouseholds, scorePairs } from '../support/visitor-score';

jest.setTimeout(300_000);

let tributary: TributaryCommand;
let firstRun: string;
let warehouse: Warehouse;

/** The way of `npm start` on a shop that is small, but big enough to train one conversion type. */
beforeAll(async () => {
  tributary = createTributary();
  await tributary.succeed('demo', '--persons', '1000', '--days', '60', '--seed', '11');
  firstRun = (await tributary.succeed('run')).stderr;
  // Else each of the many commands below would start a local BigQuery of its own.
  ({ warehouse } = await startServing(tributary));
});
afterAll(async () => {
  await tributary?.remove();
});

test('each step says that it is done, and the training what became of each type', () => {
  expect(firstRun).toMatch(/Models: staging to evidence: done in/);
  expect(firstRun).toMatch(/Matching: trained, match-[0-9a-f]{12}, converged after \d+ iterations/);
  expect(firstRun).toMatch(/Models: matches to journeys: done in/);
  expect(firstRun).toMatch(/IHC registration: trained, ihc-[0-9a-f]{12}/);
  expect(firstRun).toMatch(/Warning: IHC return_order: Training needs 200 journeys/);
  expect(firstRun).toMatch(/Models: attribution to activation: done in/);
});

test('the report puts the models side by side, and they share out the same', async () => {
  const { stdout } = await tributary.succeed('report');
  expect(stdout).toMatch(/channel +sessions +cost +IHC +last +linear/);
  expect(stdout).toMatch(/Newsletter|Email/);

  const channels = JSON.parse((await tributary.succeed('report', '--json')).stdout);
  const sum = (measure: string): number =>
    channels.reduce((all: number, row: Record<string, unknown>) => all + Number(row[measure]), 0);
  const [expected] = await warehouse.query(
    `SELECT COUNT(*) AS conversions, SUM(revenue_amount_base) AS revenue,
       (SELECT SUM(cost_amount_base) FROM stg_ads__costs) AS cost FROM conversions`,
  );
  for (const model of ['ihc', 'last', 'linear']) {
    expect(sum(`${model}_conversions`)).toBeCloseTo(Number(expected?.conversions), 6);
    expect(sum(`${model}_revenue`)).toBeCloseTo(Number(expected?.revenue), 6);
  }
  expect(sum('cost')).toBeCloseTo(Number(expected?.cost), 6);

  const typed = JSON.parse(
    (await tributary.succeed('report', '--json', '--by', 'day', '--type', 'registration')).stdout,
  );
  expect(typed[0].day).toMatch(/^2026-\d\d-\d\d$/);
});

test('the report draws the journey of a conversion that it lists', async () => {
  const [listed] = JSON.parse(
    (await tributary.succeed('report', '--conversions', '--type', 'registration', '--json')).stdout,
  );
  const id: string = listed.conversion_id;
  const out = join(mkdtempSync(join(tmpdir(), 'journey-')), 'journey.svg');
  const { stdout } = await tributary.succeed('report', '--conversion', id, '--out', out);
  expect(stdout).toContain(`Journey of ${id}`);
  const svg = readFileSync(out, 'utf8');
  expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  expect(svg).toContain(`Journey of ${id}`);
  rmSync(dirname(out), { recursive: true });

  const journey = JSON.parse(
    (await tributary.succeed('report', '--conversion', id, '--model', 'linear', '--json')).stdout,
  );
  expect(journey.touches).toHaveLength(Math.max(1, Number(listed.touch_count)));

  const { stderr } = await tributary.run('report', '--conversion', 'nobody');
  expect(stderr).toMatch(/No conversion has the id nobody; `tributary report --conversions` lists/);
  expect((await tributary.run('report', '--type', 'nope')).stderr).toMatch(
    /no conversion type nope; includes\/settings\.js has registration, /,
  );
  expect((await tributary.run('report', '--phases')).stderr).toMatch(/--phases needs --conversion/);
});

/** By proof alone recall is .44; on a larger shop evidence finds more: `npm run bench:visitors`. */
test('evidence finds more cookies of one person, and hardly joins two', async () => {
  const all = (await scorePairs(warehouse)).find(({ scenario }) => scenario === 'all');
  if (!all) throw new Error('no score');
  expect(precision(all)).toBeGreaterThan(0.95);
  expect(recall(all)).toBeGreaterThan(0.5);
  const households = await scoreHouseholds(warehouse);
  expect(households.personPairs).toBeGreaterThan(400);
  expect(households.merged).toBeLessThan(0.02 * households.personPairs);
  expect(households.mergedByLineAlone).toBe(0);

  const { stdout } = await tributary.succeed('report', '--matching');
  expect(stdout).toMatch(/alike_in_turn +\d+\.\d% +\d\.\d% +\d\.\d +\|#+/);
});

test('query prints what was asked for, in each format', async () => {
  const sql = "SELECT 1 AS n, 'a,b' AS s, NUMERIC '1.50' AS amount";
  expect((await tributary.succeed('query', sql, '--format', 'csv')).stdout).toBe(
    'n,s,amount\n1,"a,b",1.5\n',
  );
  expect(await tributary.query(sql)).toEqual([{ n: 1, s: 'a,b', amount: '1.5' }]);
  expect((await tributary.succeed('query', sql)).stdout).toBe(
    'n  s    amount\n-  ---  ------\n1  a,b     1.5\n',
  );
});

test('uploads stand ready for the type that is trained', async () => {
  const [row] = await warehouse.query('SELECT COUNT(*) AS n FROM out_google_ads__conversions');
  expect(row?.n).toBeGreaterThan(0);
});

test('a second demo and a second run change nothing', async () => {
  const print = `SELECT CAST(BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(t))) AS STRING) AS c FROM`;
  const tables = ['sessions', 'attribution', 'rpt_model_comparison', 'raw.ihc_parameters'];
  tables.push('int_identity__matches', 'int_identity__visitors', 'raw.match_parameters');
  const sql = tables.map((table) => `${print} ${table} AS t`).join(' UNION ALL ');
  const before = await warehouse.query(sql);

  const demo = await tributary.succeed('demo', '--persons', '1000', '--days', '60', '--seed', '11');
  expect(demo.stderr).toContain('The demo shop stands there already');
  const run = await tributary.succeed('run');
  expect(run.stderr).toMatch(/IHC registration: unchanged/);
  expect(run.stderr).toMatch(/Matching: unchanged, match-/);
  expect(await warehouse.query(sql)).toEqual(before);
});
