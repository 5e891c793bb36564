import { resolve } from 'node:path';
import { listModelCases } from '@tributary/local/bigquery/testing/case-files';
import type { CaseResult } from '@tributary/local/bigquery/testing/case-result';
import {
  createModelRunner,
  type ModelRunner,
} from '@tributary/local/bigquery/testing/model-runner';
import { printResult } from '@tributary/local/bigquery/testing/print-result';
import { casesFolder } from '@tributary/local/bigquery/testing/source-schemas';

const projectDir = resolve(__dirname, '../..');
// A test may wait for all others: cases run in their own order, tests in a random one.
const TIMEOUT = 300_000;
const cases = listModelCases(casesFolder(projectDir));

/** Every folder tests/models/<model>/<case>: see local/bigquery/testing/README.md. */
describe('models', () => {
  let runner: ModelRunner;
  let results: ReadonlyMap<string, Promise<CaseResult>>;

  beforeAll(async () => {
    runner = await createModelRunner({ projectDir });
    // All at once: the runner works on as many as there are cores while the tests wait.
    results = new Map(cases.map((folder) => [folder.dir, runner.run(folder)]));
  }, TIMEOUT);
  afterAll(async () => {
    await Promise.all(results?.values() ?? []);
    await runner?.close();
  }, TIMEOUT);

  test.each(cases)(
    '$model: $name',
    async ({ dir }) => {
      const result = await results.get(dir);
      if (!result?.isPassed) throw new Error(result && printResult(result));
    },
    TIMEOUT,
  );

  test('every model has a case', () => {
    const covered = new Set(cases.map(({ model }) => model));
    const models = [...runner.project.models.keys()];
    expect(models.filter((model) => !covered.has(model))).toEqual([]);
  });

  test(
    'cases of every incremental model run more than once',
    async () => {
      const finished = await Promise.all(results.values());
      const models = [...runner.project.models].filter(([, { type }]) => type === 'incremental');
      for (const check of ['run 2', 'repeat', 'full refresh']) {
        const checked = new Set(
          finished.filter(({ checks }) => checks.includes(check)).map(({ model }) => model),
        );
        // A protected table is never rebuilt, so there is nothing to compare it with.
        const due = models.filter(([, model]) => check !== 'full refresh' || !model.protected);
        expect(due.map(([name]) => name).filter((name) => !checked.has(name))).toEqual([]);
      }
    },
    TIMEOUT,
  );
});
