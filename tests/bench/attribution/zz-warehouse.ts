import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  INTEGER,
} from '@duckdb/node-api';
import type { TimedJourneys } from '@tributary/functions/attribution/models/model-journeys';
import { trainIhc } from '@tributary/functions/attribution/train-ihc';
import { trainModels } from '@tributary/functions/attribution/train-models';
import {
  openProjectWarehouse,
  type ProjectWarehouse,
  projectDir,
} from '../../support/project-warehouse';

export interface Step {
  readonly name: string;
  readonly seconds: number;
  /** Of the processor, all threads: other work on the machine counts less in it. */
  readonly cpuSeconds: number;
}

/** The tables that models of attribution read, of one conversion type, from `bench.touches` and `bench.journeys`. */
const TABLES = [
  `CREATE TABLE tributary.conversions AS
    SELECT
      TO_HEX(MD5(CAST(journey AS STRING))) AS conversion_id, 'conversion' AS conversion_type,
      TO_HEX(MD5(CAST(journey AS STRING))) AS customer_id,
      TIMESTAMP_ADD(TIMESTAMP '2024-01-01', INTERVAL end_hour HOUR) AS converted_at,
      CAST(MOD(journey, 20000) AS NUMERIC) / 100 AS revenue_amount_base
    FROM bench.journeys
    WHERE converted = 1`,
  `CREATE TABLE tributary.int_journeys__exposures AS
    SELECT
      'conversion' AS conversion_type, TO_HEX(MD5(CAST(touches.journey AS STRING))) AS journey_id,
      TO_HEX(MD5(CAST(touches.journey AS STRING))) AS customer_id, journeys.converted = 1 AS is_converted,
      TIMESTAMP_ADD(TIMESTAMP '2024-01-01', INTERVAL journeys.end_hour HOUR) AS journey_ended_at,
      TO_HEX(MD5(CONCAT(CAST(touches.journey AS STRING), '|', CAST(touches.position AS STRING)))) AS session_id,
      touches.position,
      [@channels][OFFSET(touches.channel)] AS channel,
      touches.hours_to_end,
      touches.holder AS holder_engagement,
      touches.closer AS closer_engagement
    FROM bench.touches
    INNER JOIN bench.journeys ON journeys.journey = touches.journey`,
  `CREATE TABLE tributary.touchpoints AS
    SELECT
      journey_id AS conversion_id, conversion_type, session_id, customer_id,
      started_at, journey_ended_at AS converted_at, position,
      COUNT(*) OVER (PARTITION BY journey_id) AS touch_count,
      TIMESTAMP_DIFF(
        started_at, LAG(started_at) OVER (PARTITION BY journey_id ORDER BY position), MICROSECOND
      ) / 3600000000 AS gap_hours,
      hours_to_end AS hours_to_conversion, channel, CAST(NULL AS STRING) AS platform,
      FALSE AS is_impression, holder_engagement, closer_engagement
    FROM (
      SELECT
        *,
        TIMESTAMP_SUB(
          journey_ended_at, INTERVAL CAST(ROUND(hours_to_end * 3600000000) AS INT64) MICROSECOND
        ) AS started_at
      FROM tributary.int_journeys__exposures
    )
    WHERE is_converted`,
];

/** From a warehouse that has the journeys: every model of the settings, to exact credits. */

const T = (name: string) => { const a = performance.now(), c = process.cpuUsage(); return () => { const d = process.cpuUsage(c); console.log('   ', name.padEnd(46), ((performance.now()-a)/1000).toFixed(2), ((d.user+d.system)/1e6).toFixed(2), 'at', (performance.now()/1000).toFixed(1)); }; };
function wrap(o: any, k: string, label: (...a: any[]) => string) { const f = o[k]; o[k] = function (...a: any[]) { const t = T(label(...a)); const r = f.apply(this, a); if (r && r.then) return r.finally(t); t(); return r; }; }
const req = (m: string) => require('@tributary/functions/attribution/' + m);
function instrument(warehouse: any) {
  for (const k of ['exportParquet', 'loadFile', 'load', 'query']) wrap(warehouse, k, (a) => k + ' ' + String(a).replace(/\s+/g, ' ').slice(0, 40));
  const ct = req('exposures/credit-table').CreditTable;
  wrap(ct.prototype, 'flush', () => 'credits.flush'); wrap(ct.prototype, 'add', (m) => 'credits.add ' + m.model); wrap(ct.prototype, 'writeParquet', () => 'writeParquet');
  const oe = req('exposures/open-exposures'); const rj = req('exposures/read-journeys');
  wrap(rj, 'readJourneys', () => 'readJourneys'); wrap(oe, 'openExposures', () => 'openExposures');
  const tj = req('aside/train-judged'); wrap(tj, 'trainJudged', (s) => 'trainJudged ' + s.model);
  const bs = req('confidence/bootstrap'); wrap(bs, 'bootstrapShares', () => 'bootstrap');
  wrap(req('models/heuristics'), 'heuristicCredits', () => 'heuristic'); wrap(req('models/ihc-credits'), 'ihcCredits', () => 'ihcCredits');
  wrap(req('exposures/check-credits'), 'checkCredits', (m) => 'check ' + m);
}
export async function stepsFromWarehouse(journeys: TimedJourneys): Promise<Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const project = await openProjectWarehouse(projectDir, {});
  try {
    await fillWarehouse(project, journeys, folder);
    const { warehouse } = project; instrument(warehouse);
    const clock = () => new Date('2026-11-22T00:00:00Z');
    const steps: Step[] = [];
    const step = async (name: string, run: () => Promise<unknown>) => {
      const started = performance.now();
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      const seconds = (performance.now() - started) / 1000;
      steps.push({ name, seconds, cpuSeconds: (user + system) / 1e6 });
    };
    const standing = ['conversions', 'touchpoints', 'int_attribution__models'];
    // Beside each other, as `tributary run` has it.
    await step('training: IHC; the others, credits, confidence', async () => {
      const ihcTraining = trainIhc({ warehouse, clock });
      const results = await trainModels({ warehouse, clock, ihcTraining });
      const refused = results.filter(({ outcome }) => outcome === 'refused');
      if (refused.length > 0) throw new Error(refused.map(({ reason }) => reason).join('\n'));
    });
    await step('SQL: conversions in numbers, IHC', () =>
      project.run({ only: ['int_attribution__shares'], without: standing }),
    );
    await step('SQL: rules, shares, credit and money in exact parts', () =>
      project.run({ only: ['attribution'], without: [...standing, 'int_attribution__shares'] }),
    );
    if (process.env.KEEP) require('node:fs').writeFileSync('/tmp/attr8/pause', String(process.pid));
    return steps;
  } finally {
    await project.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillWarehouse(
  { warehouse, run }: ProjectWarehouse,
  journeys: TimedJourneys,
  folder: string,
): Promise<void> {
  await warehouse.query('CREATE SCHEMA bench');
  await warehouse.query(
    'CREATE TABLE bench.touches (journey INT64, position INT64, channel INT64, hours_to_end FLOAT64, holder INT64, closer INT64)',
  );
  await warehouse.query(
    'CREATE TABLE bench.journeys (journey INT64, converted INT64, end_hour INT64)',
  );
  for (const [table, file] of Object.entries(await writeJourneys(journeys, folder))) {
    await warehouse.loadFile(`bench.${table}`, file);
  }
  const channels = journeys.channels.map((channel) => `'${channel}'`).join(', ');
  for (const sql of TABLES) await warehouse.query(sql.replace('@channels', channels));
  await run({ only: ['int_attribution__models', 'stg_imports__lift_tests'] });
}

/** The journeys as two Parquet files. */
async function writeJourneys(journeys: TimedJourneys, folder: string) {
  const files = {
    touches: join(folder, 'touches.parquet'),
    journeys: join(folder, 'journeys.parquet'),
  };
  const { journeyCount, touchCount, offsets, conversions, endDay } = journeys;
  const journeyOf = new Int32Array(touchCount);
  const position = new Int32Array(touchCount);
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const from = offsets[journey] as number;
    const to = offsets[journey + 1] as number;
    for (let touch = from; touch < to; touch += 1) {
      journeyOf[touch] = journey;
      position[touch] = touch - from + 1;
    }
  }
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await writeTable(connection, files.touches, touchCount, {
      journey: [INTEGER, journeyOf],
      position: [INTEGER, position],
      channel: [INTEGER, journeys.channel],
      hours_to_end: [DOUBLE, journeys.hoursToEnd],
      holder: [INTEGER, journeys.holder],
      closer: [INTEGER, journeys.closer],
    });
    await writeTable(connection, files.journeys, journeyCount, {
      journey: [INTEGER, Int32Array.from({ length: journeyCount }, (_, journey) => journey)],
      converted: [INTEGER, conversions],
      end_hour: [INTEGER, endDay.map((day) => (day - 19_723) * 24 + 12)],
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return files;
}

/** Rows of a DuckDB vector. */
const BLOCK = 2048;

async function writeTable(
  connection: DuckDBConnection,
  file: string,
  rowCount: number,
  columns: Readonly<Record<string, readonly [DuckDBType, ArrayLike<number>]>>,
): Promise<void> {
  const all = Object.entries(columns);
  const types = all.map(([, [type]]) => type);
  await connection.run(
    `CREATE OR REPLACE TABLE t (${all.map(([name, [type]]) => `${name} ${type}`).join(', ')})`,
  );
  const appender = await connection.createAppender('t');
  for (let from = 0; from < rowCount; from += BLOCK) {
    const size = Math.min(BLOCK, rowCount - from);
    const chunk = DuckDBDataChunk.create(types, size);
    all.forEach(([, [, values]], column) => {
      const part = Array.from({ length: size }, (_, row) => values[from + row] as number);
      chunk.setColumnValues(column, part);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const cast = all.map(([name, [type]]) =>
    type === INTEGER ? `${name}::BIGINT AS ${name}` : name,
  );
  await connection.run(`COPY (SELECT ${cast.join(', ')} FROM t) TO '${file}' (FORMAT parquet)`);
}
