import builtDays from '../../includes/built_days';
import { type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
let dataset: string;
beforeAll(async () => {
  local = await openLocalClient();
  dataset = await local.newDataset();
});
afterAll(() => local?.close());

/** A run that updates rows of a day which it does not build. */
const told = {
  declares: [`DECLARE told_days ARRAY<DATE> DEFAULT [DATE '2026-01-02']`],
  moreDays: ['SET changed_days = []'],
  updatedDays: 'told_days',
};

/** A model of two days, of which one has a row that says by itself that it is to be built again. */
function modelIn(name: string) {
  const self = `${dataset}.${name}`;
  const findWith = (more: Partial<Parameters<typeof builtDays.find>[0]>) =>
    builtDays.find({
      self,
      day: 'day',
      inputs: [],
      madeOf: `SELECT DATE '2026-01-01' AS day, 'a' AS made_of UNION ALL SELECT DATE '2026-01-02', 'b'`,
      isIncremental: true,
      ...more,
    });
  const find = findWith({
    moreDays: [
      `SET changed_days = ARRAY(
  SELECT changed_day FROM UNNEST(changed_days) AS changed_day
  UNION DISTINCT
  SELECT day FROM ${self} WHERE is_old
)`,
    ],
  });
  const update = `UPDATE ${self} SET is_old = TRUE WHERE day IN UNNEST(told_days)`;
  const build = `INSERT INTO ${self} SELECT changed_day, FALSE FROM UNNEST(changed_days) AS changed_day`;
  return {
    create: `CREATE TABLE ${self} AS
SELECT DATE '2026-01-01' AS day, TRUE AS is_old UNION ALL SELECT DATE '2026-01-02', FALSE;
CREATE TABLE ${builtDays.daysOf(self)} AS
SELECT DATE '2026-01-01' AS day, 'a' AS made_of, 1 AS version UNION ALL SELECT DATE '2026-01-02', 'b', 1`,
    stopped: find.join(';\n'),
    stoppedAfterUpdate: findWith({ ...told, updates: [update] }).join(';\n'),
    whole: [...find, build, builtDays.remember(self, true)].join(';\n'),
    rows: `SELECT CAST(day AS STRING) AS day, is_old FROM ${self} ORDER BY day`,
    days: `SELECT made_of, version FROM ${builtDays.daysOf(self)} ORDER BY day`,
  };
}

const built = [
  { day: '2026-01-01', is_old: false },
  { day: '2026-01-02', is_old: false },
];

it('a day that its own rows asked for is built again, and it alone', async () => {
  const model = modelIn('whole');
  await local.client.query(model.create);
  await local.client.query(model.whole);
  expect((await local.client.query(model.rows))[0]).toEqual(built);
  expect((await local.client.query(model.days))[0]).toEqual([
    { made_of: 'a', version: 2 },
    { made_of: 'b', version: 1 },
  ]);
});

it('also where a run ended after its rows were deleted, as BigQuery keeps each statement', async () => {
  const model = modelIn('stopped');
  await local.client.query(model.create);
  await local.client.query(model.stopped);
  await local.client.query(model.whole);
  expect((await local.client.query(model.rows))[0]).toEqual(built);
});

it('where rows of another day were updated and the run ended, that day is built again', async () => {
  const model = modelIn('updated');
  await local.client.query(model.create);
  await local.client.query(model.stoppedAfterUpdate);
  await local.client.query(model.whole);
  expect((await local.client.query(model.rows))[0]).toEqual(built);
  expect((await local.client.query(model.days))[0]).toEqual([
    { made_of: 'a', version: 2 },
    { made_of: 'b', version: 2 },
  ]);
});
