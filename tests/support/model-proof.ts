import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { proofLine } from '@tributary/local/bigquery/testing/proof/print-proof';
import type { ModelProof } from '@tributary/local/bigquery/testing/proof/prove-model';
import type { ProveModelsOptions } from '@tributary/local/bigquery/testing/proof/prove-models';
import { finish } from './tributary-command';

/** Not the run's own: that every model makes rows hangs on the draw. */
export const SEED = 1;
const ROWS = 1000;
/** Empty as the settings are shipped; prove-variants.test.ts proves it with others. */
const EMPTY_BY_DEFAULT = new Set(['int_journeys__conversion_touches']);

/** Proves every second model, from the first or the second on: two files run on two cores. */
export function describeHalf(part: 0 | 1): void {
  describe(`${ROWS} random rows a table, seed ${SEED}: DuckDB as the reference engine`, () => {
    let proofs: readonly ModelProof[];

    // 33 to 41 s with both halves side by side on two cores; more where the machine is busy.
    beforeAll(async () => {
      const share = { part, of: 2 };
      proofs = await prove({ rows: ROWS, seed: SEED, share, variants: 'none' });
    }, 900_000);

    test('every model makes the same rows on both', () => {
      const differing = proofs.filter(
        ({ differences, notCompared }) => differences.length > 0 || notCompared !== undefined,
      );
      expect(differing.map(proofLine)).toEqual([]);
    });

    test('every model makes rows, else nothing is proven', () => {
      const empty = proofs.filter(({ rowsOut }) => rowsOut === 0);
      expect(empty.filter(({ model }) => !EMPTY_BY_DEFAULT.has(model)).map(proofLine)).toEqual([]);
      expect(proofs.length).toBeGreaterThan(20);
    });

    test('incremental models run in both ways', () => {
      const runs = (model: string) =>
        proofs.filter((it) => it.model === model).map(({ run }) => run);
      const incremental = new Set(
        proofs.filter(({ run }) => run === 'incremental').map(({ model }) => model),
      );
      expect(incremental.size).toBeGreaterThan(0);
      for (const model of incremental) expect(runs(model)).toEqual(['full refresh', 'incremental']);
    });
  });
}

/** Proves models of this project with the built code, in a process of its own. */
export async function prove(
  options: Omit<ProveModelsOptions, 'projectDir'>,
): Promise<ModelProof[]> {
  const projectDir = resolve(__dirname, '../..');
  const script = join(__dirname, 'prove-half.cjs');
  const child = spawn(process.execPath, [script, JSON.stringify({ projectDir, ...options })]);
  const { code, stdout, stderr } = await finish(child);
  if (code !== 0) throw new Error(`The proof failed; was the project built?\n${stderr}`);
  return JSON.parse(stdout);
}
