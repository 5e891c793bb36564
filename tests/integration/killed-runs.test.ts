import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { startLocalBigQuery } from '@tributary/local/bigquery/server';
import { type CompiledProject, compileProject } from '@tributary/local/bigquery/testing/project';
import { loadDemo } from '@tributary/local/demo/load-demo';
import fc from 'fast-check';
import { PassThroughClient } from 'google-auth-library';
import { draws } from '../support/draws';
import {
  FEW_ROWS,
  inOrder,
  prepareWarehouse,
  projectDir,
  runModels,
} from '../support/project-warehouse';
import { type ServerProcess, startServerProcess } from '../support/server-process';

jest.setTimeout(300_000);

/** kill -9 in the middle of a run, again and again, at moments drawn at random. */
const ROUNDS = draws(2);
const KILLS_PER_ROUND = 10;
/** A run of what this model needs: incremental models, tables and views of two stages. */
const LAST_MODEL = 'int_sessions__sessions';
const SHOP = { persons: 40, days: 10, seed: 7, end: '2026-10-31' };
const SECOND_PART = '2026-10-28T10:17:00Z';

const root = mkdtempSync(join(tmpdir(), 'tributary-killed-'));
/** A warehouse with the models of the first part, and the raw data of both. */
const template = join(root, 'template');
let project: CompiledProject;
let models: string[];
/** The content of each table before and after the second run. */
let before: Contents;
let after: Contents;
/** How long the second run takes when nobody kills it, in milliseconds. */
let duration: number;
let statementCount: number;

type Contents = ReadonlyMap<string, string>;

beforeAll(async () => {
  project = await compileProject(projectDir);
  const needed = inOrder(project, [LAST_MODEL]);
  statementCount = needed.length;
  models = needed.filter(({ type }) => type !== 'view').map(({ target }) => target.name);
  const server = await startLocalBigQuery(optionsOf(template));
  const warehouse = await prepareWarehouse(project, server.url, template);
  const load = { warehouse, clock: () => new Date('2026-11-01T12:00:00Z') };
  await loadDemo({ ...load, input: { ...SHOP, receivedBefore: SECOND_PART } });
  await run(server.url);
  before = await contents(server.url);
  await loadDemo({ ...load, input: { ...SHOP, receivedFrom: SECOND_PART } });
  await server.close();

  const dir = copyOfTemplate('reference');
  const reference = await startServerProcess(optionsOf(dir));
  const startedAt = performance.now();
  await run(reference.url);
  duration = performance.now() - startedAt;
  after = await contents(reference.url);
  await reference.kill();
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('the second run changes tables, so that a kill has something to break', () => {
  const changed = models.filter((model) => before.get(model) !== after.get(model));
  expect(changed).toEqual(
    expect.arrayContaining(['stg_events', 'int_sessions__visit_events', LAST_MODEL]),
  );
});

/** How far the run has come, in ‰ of its statements; the last one is left to it. */
const moment = fc.noBias(fc.integer({ min: 0, max: 900 }));
const rounds = fc.sample(
  fc.array(moment, { minLength: KILLS_PER_ROUND, maxLength: KILLS_PER_ROUND }),
  ROUNDS,
);
test.each(rounds)(
  `killed after ${'%d, '.repeat(KILLS_PER_ROUND - 1)}%d ‰, a run leaves whole tables, and the next one completes`,
  async (...moments) => {
    const dir = copyOfTemplate(`killed-${moments.join('-')}`);
    for (const moment of moments) {
      const server = await startServerProcess(optionsOf(dir));
      expect(halfWritten(await contents(server.url))).toEqual([]);
      await runUntilKilled(server, moment / 1000);
    }
    const server = await startServerProcess(optionsOf(dir));
    expect(halfWritten(await contents(server.url))).toEqual([]);
    await run(server.url);
    expect(await contents(server.url)).toEqual(after);
    await server.kill();
  },
);

/** Tables that are neither as they were before the run nor as the run leaves them. */
function halfWritten(left: Contents): string[] {
  return models.filter((model) => ![before.get(model), after.get(model)].includes(left.get(model)));
}

/**
 * Kills the server while a statement is under way, `progress` (0 to 1) of the run behind it; where
 * that statement ends before its moment has come, then: the run must not go on.
 */
async function runUntilKilled(server: ServerProcess, progress: number): Promise<void> {
  const statement = progress * statementCount;
  let sent = 0;
  const send = async (client: BigQuery, sql: string) => {
    sent += 1;
    const answer = client.query(sql);
    if (sent === Math.floor(statement) + 1) {
      const part = (statement % 1) * (duration / statementCount);
      const moment = new Promise((resolve) => setTimeout(resolve, part));
      await Promise.race([moment, answer.catch(() => {})]);
      await server.kill();
    }
    return answer;
  };
  await expect(run(server.url, send)).rejects.toThrow();
}

function optionsOf(warehouseDir: string) {
  return { warehouseDir, defaultProject: project.projectId, ...FEW_ROWS };
}

function copyOfTemplate(name: string): string {
  const dir = join(root, name);
  cpSync(template, dir, { recursive: true });
  return dir;
}

function clientOf(url: string): BigQuery {
  const authClient = new PassThroughClient();
  // Nobody is there any more after a kill: asking again would only wait.
  return new BigQuery({
    projectId: project.projectId,
    apiEndpoint: url,
    authClient,
    autoRetry: false,
  });
}

function run(
  url: string,
  send = (client: BigQuery, sql: string): Promise<unknown> => client.query(sql),
): Promise<void> {
  const client = clientOf(url);
  return runModels(project, url, (sql) => send(client, sql), { only: [LAST_MODEL] });
}

/** The number of rows of each table and a checksum over them. */
async function contents(url: string): Promise<Contents> {
  const checks = models.map(
    (model) => `SELECT '${model}' AS model,
      FORMAT('%d rows, %d', COUNT(*), BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(t)))) AS content
      FROM tributary.\`${model}\` AS t`,
  );
  const [rows] = await clientOf(url).query(checks.join(' UNION ALL '));
  return new Map(rows.map((row) => [row.model, row.content]));
}
