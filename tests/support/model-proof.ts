import { resolve } from 'node:path';
import { proofLine } from '@tributary/local/bigquery/testing/proof/print-proof';
import type { ModelProof } from '@tributary/local/bigquery/testing/proof/prove-model';
import { proveModels } from '@tributary/local/bigquery/testing/proof/prove-models';

const SEED = 1;
const ROWS = 1000;

/** Proves every second model, from the first or the second on: two files run on two cores. */
export function describeHalf(part: 0 | 1): void {
  describe(`${ROWS} random rows a table, seed ${SEED}: DuckDB as the reference engine`, () => {
    let proofs: readonly ModelProof[];

    // 20 s where nothing else runs.
    beforeAll(async () => {
      const projectDir = resolve(__dirname, '../..');
      proofs = await proveModels({ projectDir, rows: ROWS, seed: SEED, share: { part, of: 2 } });
    }, 900_000);

    test('every model makes the same rows on both', () => {
      const differing = proofs.filter(({ differences }) => differences.length > 0);
      expect(differing.map(proofLine)).toEqual([]);
    });

    test('every model makes rows, else nothing is proven', () => {
      expect(proofs.filter(({ rowsOut }) => rowsOut === 0).map(proofLine)).toEqual([]);
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
