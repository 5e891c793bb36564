import { installRuntime } from '@tributary/local/bigquery/functions/index';
import { compilerOf } from '@tributary/local/bigquery/jobs/compiler';
import { analyzeScript } from '@tributary/local/bigquery/jobs/script';
import { startAnalyzer } from '@tributary/local/bigquery/sql/analyzer/index';
import { CatalogEdit } from '@tributary/local/bigquery/storage/catalog-edit';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { findProject } from '@tributary/local/cli/project';

export interface CompileTimes {
  /** Milliseconds for each job that makes a table or view of a model. */
  readonly models: number[];
  /** Milliseconds for the views of assertions and the queries that count them. */
  readonly others: number[];
}

/** Rounds of warming: the code of analyzer and compiler, not any statement, is then known. */
const WARM_UP = 3;

/**
 * Analyzes and compiles each job's statements once, against the warehouse that they made. Nothing
 * of a model's statement is known before: the compiler is fresh, and each text comes once.
 */
export async function measureCompiling(
  warehouseDir: string,
  queries: readonly string[],
): Promise<CompileTimes> {
  const compiler = compilerOf(await startAnalyzer());
  const storage = await Storage.open({ warehouseDir, prepare: (c) => installRuntime(c) });
  const { projectId: defaultProject, location } = findProject(__dirname);
  const script = {
    compiler,
    location,
    exportsDir: warehouseDir,
    now: 0,
    names: { defaultProject },
  };
  const prepare = async (query: string): Promise<number> => {
    const start = performance.now();
    await analyzeScript(new CatalogEdit(storage.catalog), compiler.split(query), script);
    return performance.now() - start;
  };
  const times: CompileTimes = { models: [], others: [] };
  try {
    for (let round = 0; round < WARM_UP; round++) {
      for (let n = 1; n < 20; n++) await prepare(warmUp(round * 100 + n));
    }
    for (const query of queries) {
      if (/^\s*create\s+schema/i.test(query)) continue;
      const isOther =
        /_assertions\b|\bassert_/.test(query.slice(0, 400)) || /sum\(1\)/i.test(query.slice(0, 80));
      times[isOther ? 'others' : 'models'].push(await prepare(query));
    }
  } finally {
    await storage.close();
    await compiler.close();
  }
  return times;
}

const warmUp = (n: number): string => `
  WITH numbers AS (SELECT x, MOD(x, ${n + 1}) AS part FROM UNNEST(GENERATE_ARRAY(1, ${n})) AS x)
  SELECT part, COUNT(*) AS row_count, SUM(x) AS total, COALESCE(MAX(IF(x > ${n}, 'a', NULL)), 'b') AS text,
    ROW_NUMBER() OVER (PARTITION BY part ORDER BY MIN(x)) AS position
  FROM numbers WHERE x BETWEEN 1 AND ${n} GROUP BY part`;
