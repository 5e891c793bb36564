import { join, resolve } from 'node:path';
import { listModelCases } from '@tributary/local/bigquery/testing/case-files';
import {
  createModelRunner,
  type ModelRunner,
} from '@tributary/local/bigquery/testing/model-runner';

const projectDir = resolve(__dirname, '../..');
const cases = listModelCases(join(projectDir, 'tests/models'));

/** Every folder tests/models/<model>/<case>: see local/bigquery/testing/README.md. */
describe('models', () => {
  let runner: ModelRunner;

  beforeAll(async () => {
    runner = await createModelRunner(projectDir);
  });
  afterAll(async () => {
    await runner?.close();
  });

  test.each(cases)('$model: $name', async ({ model, name, dir }) => {
    const differences = await runner.run(dir, model, name);
    if (differences.length > 0) {
      throw new Error(`${model}, case ${name}:\n  ${differences.join('\n  ')}`);
    }
  });
});
