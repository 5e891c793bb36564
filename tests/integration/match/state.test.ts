import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { openMatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import { matchState } from '@tributary/local/cli/match/state/match-state';
import { createProgress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { writePersons } from '../../bench/match/persons';
import { createRandom } from '../../bench/match/random';
import { SEED } from '../../support/draws';
import { readRows } from './score';

// Each run starts an analyzer and a warehouse; minutes on a machine that is busy.
jest.setTimeout(600_000);

const RECORDS = 900;
const settings = {
  columns: {
    first_name: 'given_name',
    last_name: 'surname',
    date_of_birth: 'date_of_birth',
    email: 'email',
    street: 'address',
    postcode: 'postcode',
    city: 'city',
    login: 'unique_id',
  },
  blocking: ['last_name', 'date_of_birth', 'first_name + postcode:2', 'email'],
};

let folder: string;
let header: string;
let lines: readonly string[];
const at = (name: string): string => join(folder, name);

/**
 * The header, then all records but three. Some persons have a login in some of theirs: it joins what
 * nothing else would.
 */
async function randomRecords(seed: number): Promise<readonly string[]> {
  const { file, persons } = await writePersons(at('all.csv'), RECORDS - 3, seed);
  const [first = '', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const random = createRandom(seed);
  const rows = rest.map((line, record) => {
    const person = persons[record] ?? 0;
    return `${line},${person % 7 === 0 && random() < 0.7 ? `u${person}` : ''}`;
  });
  // In a random order: a person's records come in several parts.
  const mixed = rows
    .map((line) => ({ line, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line);
  return [`${first},login`, ...mixed];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-state-'));
  const [first = '', ...mixed] = await randomRecords(SEED);
  header = first;
  // Two who look like two persons, until the last record has the name of one and the login of the other.
  lines = [
    'otto,Otto,Grosswardein,1951-02-03,otto.gw@web.test,,,10115,,',
    'o,O,G,,,,,,,u-otto',
    ...mixed,
    'bridge,Otto,Grosswardein,1951-02-03,otto.gw@web.test,,,10115,,u-otto',
  ];
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a state that grows gets the rules of its size', async () => {
  const kinds = { columns: { ...settings.columns } };
  await match('small', lines.slice(0, 300), kinds);
  // All pairs of 300 records; those of a thousand and more are too many.
  const again = (some: readonly string[]) => some.map((line) => `n${line}`);
  const { summary } = await match('small', again(lines));
  expect(summary).toMatchObject({ added: { newCount: RECORDS } });
  const found = 'added' in summary ? summary.added.foundCount : 0;
  expect(found).toBeGreaterThan(300);
  // And keeps them.
  await match('small', again(again(lines.slice(0, 50))));
});

test("a shop's own address, new to a state, does not make one person of sixty records", async () => {
  const { login: _, ...columns } = settings.columns;
  await match('shop', lines.slice(0, 400), { columns });
  const bare = Array.from({ length: 60 }, (_, no) => `x${no},,,,info@shop.example,,,,,`);
  const { rows } = await match('shop', bare.slice(0, 40));
  expect(rows.map(({ id }) => id)).toHaveLength(40);
  expect(rows.filter(({ id, cluster_id }) => id !== cluster_id)).toEqual([]);
  // And counts the earlier ones with those that come later.
  const later = await match('shop', bare.slice(40));
  expect(later.rows).toHaveLength(20);
  expect(later.rows.filter(({ id, cluster_id }) => id !== cluster_id)).toEqual([]);
  // A few records of one address are one person's, as they are in a run over all.
  const few = bare.slice(0, 4).map((line) => line.replace(/^x|info/g, 'anna'));
  const { rows: found } = await match('shop', few);
  expect(new Set(found.map(({ cluster_id }) => cluster_id)).size).toBe(1);
});

async function match(state: string, part: readonly string[], given?: object) {
  const [input, out] = [at('part.csv'), at('out.csv')];
  writeFileSync(input, `${header}\n${part.join('\n')}\n`);
  const summary = await matchState({
    project: findProject(),
    inputs: [input],
    settings: parseMatchSettings(given ?? {}, 's.json'),
    hasSettings: given !== undefined,
    state: at(state),
    out,
    pairs: undefined,
    progress: await createProgress({ quiet: true }),
  });
  return { summary, rows: readRows(out) };
}

/** A copy of a state, of whose tables only what was learnt is left. */
async function emptied(from: string, name: string): Promise<void> {
  cpSync(at(from), at(name), { recursive: true });
  const warehouse = await openMatchWarehouse(findProject(), at(name));
  await warehouse.query(
    'DELETE FROM match.records WHERE TRUE; DELETE FROM match.known WHERE TRUE; DELETE FROM match.pairs WHERE TRUE',
  );
  await warehouse.close();
}

/** id in cluster_id, of all records of a state. */
async function clustersOf(state: string): Promise<string[]> {
  const warehouse = await openMatchWarehouse(findProject(), at(state));
  try {
    const rows = await warehouse.query<{ readonly id: string; readonly cluster: string }>(
      `SELECT known.record_id AS id, clusters.record_id AS cluster
      FROM match.known INNER JOIN match.known AS clusters ON clusters.record_no = known.cluster_no`,
    );
    return rows.map(({ id, cluster }) => `${id} in ${cluster}`).sort();
  } finally {
    await warehouse.close();
  }
}

test(`new records against a state: as all at once with its weights (seed ${SEED})`, async () => {
  const random = createRandom(SEED + 1);
  const old = lines.slice(0, 500);
  const first = await match('first', old, settings);
  // The way of new records, gone by all of them, leads where the run over all records came to.
  await emptied('first', 'empty');
  cpSync(at('empty'), at('same'), { recursive: true });
  const again = await match('same', old);
  const clusters = new Map(first.rows.map(({ id, cluster_id }) => [id, cluster_id]));
  for (const { id, cluster_id, cluster_id_before } of again.rows) {
    expect([id, cluster_id, cluster_id_before]).toEqual([id, clusters.get(id), '']);
  }
  expect(again.rows).toHaveLength(500);

  cpSync(at('empty'), at('whole'), { recursive: true });
  await match('whole', lines);
  const whole = await clustersOf('whole');
  expect(whole).toHaveLength(RECORDS);
  let merged = 0;
  for (const split of [1, 2]) {
    const state = `split ${split}`;
    cpSync(at('first'), at(state), { recursive: true });
    const cut = 500 + 1 + Math.floor(random() * 398);
    const before = new Map(clusters);
    for (const part of [lines.slice(500, cut), lines.slice(cut)]) {
      const { rows, summary } = await match(state, part);
      if ('added' in summary) merged += summary.added.mergedCount;
      // What is written are all new records, and of the earlier ones those that changed, from what to what.
      for (const { id = '', cluster_id = '', cluster_id_before } of rows) {
        expect([id, cluster_id_before]).toEqual([id, before.get(id) ?? '']);
        expect(cluster_id).not.toBe(before.get(id));
        before.set(id, cluster_id);
      }
    }
    expect(await clustersOf(state)).toEqual(whole);
    expect([...before].map(([id, cluster]) => `${id} in ${cluster}`).sort()).toEqual(whole);
  }
  // The data have what this is about: records that make one person of two.
  expect(merged).toBeGreaterThan(0);

  // Running twice changes nothing; another value or another setting is refused.
  const twice = await match('split 1', lines.slice(-20));
  expect(twice.summary).toMatchObject({ added: { newCount: 0, repeatedCount: 20 } });
  expect(await clustersOf('split 1')).toEqual(whole);
  const [id] = (lines[0] as string).split(',');
  await expect(match('split 1', [(lines[0] as string).replace(/^(\w+),/, '$1,x')])).rejects.toThrow(
    `1 record has other values than the state knows of its id, first "${id}"`,
  );
  await expect(match('split 1', old, { ...settings, threshold: 0.9 })).rejects.toThrow(
    'was made with another "threshold" in its settings',
  );
});
