import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { incrementalScript } from '@tributary/local/bigquery/testing/model-script';
import { draws, SEED } from '../support/draws';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';
import { referenceClusters, referenceNames } from './clusters-reference';
import { loadWorld } from './identity-tables';
import { chainOf, componentsOf, randomGraph } from './random-graphs';
import { randomWorlds, type World } from './random-persons';

jest.setTimeout(draws(600_000));

const WORLDS = draws(250);
const RUNS = 6;
/** In this step a run is killed, twice. */
const KILLED_AT = 3;
const GRAPHS = draws(100);
const CHAIN = 10_000;

const TABLES = ['int_identity__clusters', 'int_identity__changes', 'int_identity__persons'];
const CONVERGED = 'assert_identity__clusters_converged';
const INPUTS = ['int_identity__records', 'int_identity__identifiers', 'int_identity__matches'];

const worlds = Array.from({ length: WORLDS }, (_, world) => randomWorlds(SEED, world, RUNS));
let project: ProjectWarehouse;

beforeAll(async () => {
  project = await openProjectWarehouse();
});
afterAll(async () => {
  await project?.close();
});

const run = (fullRefresh = false) =>
  project.run({ only: TABLES, without: [...INPUTS, 'stg_events'], fullRefresh });

/** All worlds live in one warehouse, so that one run serves each with its own changes. */
test(`${WORLDS} random worlds of records, links and pairs in ${RUNS} runs (seed ${SEED})`, async () => {
  const named = new Map<number, Map<string, string>>();
  for (let step = 0; step < RUNS; step += 1) {
    const now = worlds.map((steps) => steps[step] as World);
    if (step === KILLED_AT) await killAndGoBack(step);
    await loadWorld(project.warehouse, now, step);
    await run();
    const expected = now.flatMap((world, index) => {
      const clusters = referenceClusters(world);
      const names = referenceNames(world, clusters, named.get(index) ?? new Map(), step + 1);
      named.set(index, names);
      return [...names].map(([record, id]) => `${record} in ${clusters.get(record)}: ${id}`);
    });
    // The clusters are those of the rules, written a second time; and so are the names.
    expect([step, await persons()]).toEqual([step, expected.sort()]);
    // The changes alone tell who is who.
    const told = await replay();
    const names = new Map([...named.values()].flatMap((ids) => [...ids]));
    expect([step, [...told].sort()]).toEqual([step, [...names].sort()]);
  }
  expect(await countsByKind()).toEqual({
    created: expect.any(Number),
    joined: expect.any(Number),
    merged: expect.any(Number),
    moved: expect.any(Number),
    removed: expect.any(Number),
    split: expect.any(Number),
  });
  expect(await personsWithTwoLogins()).toEqual([]);
  // The worlds have what this is about: links that were cut, persons that evidence joined.
  const [counts] = await project.warehouse.query(`SELECT
    COUNTIF(proven_label != component_label) AS cut, COUNTIF(cluster_label != proven_label) AS joined
    FROM tributary.int_identity__clusters`);
  expect(Number(counts?.cut)).toBeGreaterThan(WORLDS);
  expect(Number(counts?.joined)).toBeGreaterThan(WORLDS);

  expect(await project.failedAssertions([CONVERGED])).toEqual([]);
  const grown = await tableRows(project.warehouse, TABLES);
  await run();
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
  // Nothing depends on the way here but the names, and they are kept in the changes.
  await run(true);
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
});

/** Components against union-find, and chains as long as the rounds reach. */
test(`${GRAPHS} random graphs and chains of ${CHAIN} (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const graphs = Array.from({ length: GRAPHS }, (_, graph) => randomGraph(random, graph));
  const worlds = [...graphs, chainOf('long', CHAIN), chainOf('cut', CHAIN, CHAIN / 4)];
  await loadWorld(project.warehouse, worlds, 0);
  await project.run({
    only: ['int_identity__clusters'],
    without: [...INPUTS, 'stg_events'],
    fullRefresh: true,
  });
  expect(await project.failedAssertions([CONVERGED])).toEqual([]);

  const rows = await project.warehouse.query<{ record_id: string; cluster_label: string }>(
    'SELECT record_id, cluster_label FROM tributary.int_identity__clusters',
  );
  const built = new Map(rows.map((row) => [row.record_id, row.cluster_label]));
  for (const graph of graphs) {
    const labels = [...componentsOf(graph)].map(([record]) => [record, built.get(record)]);
    expect(labels).toEqual([...componentsOf(graph)]);
  }
  const parts = (name: string) =>
    new Set([...built].filter(([id]) => id.includes(name)).map(([, label]) => label)).size;
  expect([parts('|long-'), parts('|cut-')]).toEqual([1, 2]);
  // The one weak link of the chain between two logins is where it was cut.
  const side = (place: number) => built.get(`visitor|cut-${String(place).padStart(5, '0')}`);
  expect(side(CHAIN / 4 - 1)).toBe(side(0));
  expect(side(CHAIN / 4)).toBe(side(CHAIN - 1));
});

/**
 * A run that ends before its last statement, then one that finds the data as they were: what the
 * first one had taken apart or put together must be found, though no link has changed.
 */
async function killAndGoBack(step: number): Promise<void> {
  const before = await tableRows(project.warehouse, TABLES);
  const model = project.models.find(({ target }) => target.name === 'int_identity__clusters');
  if (!model) throw new Error('There is no model of clusters.');
  const columns = [
    'record_id',
    'component_label',
    'proven_label',
    'cluster_label',
    'first_seen_at',
  ];
  const ends = {
    'before the clusters are written': model.incrementalPreOps.join('\n;\n'),
    'after that': incrementalScript({ ...model, incrementalPostOps: [] }, columns),
  };
  for (const [end, script] of Object.entries(ends)) {
    const at = (place: number) => worlds.map((steps) => steps[place] as World);
    await loadWorld(project.warehouse, at(step), step - 1);
    await project.warehouse.query(script);
    await loadWorld(project.warehouse, at(step - 1), step - 1);
    await run();
    const after = await tableRows(project.warehouse, TABLES);
    expect([end, describeDifference(before, after)]).toEqual([end, '']);
  }
}

async function persons(): Promise<string[]> {
  const rows = await project.warehouse.query<{ line: string }>(`
    SELECT CONCAT(record_id, ' in ', cluster_label, ': ', customer_id) AS line
    FROM tributary.int_identity__clusters
    INNER JOIN tributary.int_identity__persons USING (record_id)`);
  return rows.map(({ line }) => line).sort();
}

/** Goes through the changes as a reader would, one after the other. */
async function replay(): Promise<Map<string, string>> {
  type Change = {
    readonly customer_id_before: string | null;
    readonly customer_id_after: string | null;
    readonly changed_record_count: number;
    readonly record_ids: string[];
  };
  const changes = await project.warehouse.query<Change>(
    'SELECT * FROM tributary.int_identity__changes ORDER BY run_number, change_id',
  );
  const told = new Map<string, string>();
  for (const change of changes) {
    expect(change.record_ids).toHaveLength(Number(change.changed_record_count));
    for (const record of change.record_ids) {
      expect(told.get(record) ?? null).toBe(change.customer_id_before);
      if (change.customer_id_after === null) told.delete(record);
      else told.set(record, change.customer_id_after);
    }
  }
  return told;
}

async function countsByKind(): Promise<Record<string, number>> {
  const rows = await project.warehouse.query<{ kind: string; n: number }>(`
    SELECT change_kind AS kind, COUNT(*) AS n FROM tributary.int_identity__changes
    WHERE change_kind != 'renamed' GROUP BY kind`);
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)]));
}

/** By what each record said first: a shared cookie belongs to its first login. */
async function personsWithTwoLogins(): Promise<unknown[]> {
  return project.warehouse.query(`
    SELECT customer_id, COUNT(DISTINCT login) AS logins
    FROM (
      SELECT persons.customer_id, identifiers.identifier_id AS login
      FROM tributary.int_identity__persons AS persons
      INNER JOIN tributary.int_identity__identifiers AS identifiers USING (record_id)
      WHERE identifiers.identifier_kind = 'user_id' AND identifiers.is_evidence
      QUALIFY ROW_NUMBER() OVER (
        PARTITION BY record_id ORDER BY identifiers.first_seen_at, identifiers.identifier_id
      ) = 1
    )
    GROUP BY customer_id
    HAVING COUNT(DISTINCT login) > 1`);
}
