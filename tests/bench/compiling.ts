import { installRuntime } from '@tributary/local/bigquery/functions/index';
import { compilerOf } from '@tributary/local/bigquery/jobs/compiler';
import { analyzeScript } from '@tributary/local/bigquery/jobs/script';
import { startAnalyzer } from '@tributary/local/bigquery/sql/analyzer/index';
import { CatalogEdit } from '@tributary/local/bigquery/storage/catalog-edit';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { findProject } from '@tributary/local/cli/project';
import { median } from './compare';

/** Milliseconds over the rounds of one job. */
export interface JobTimes {
  readonly median: number;
  /** Of the quickest round: what it takes when nothing else runs. */
  readonly best: number;
}

export interface CompileTimes {
  /** Jobs that make a table or view of a model. */
  readonly models: JobTimes[];
  /** The views of assertions and the queries that count them. */
  readonly others: JobTimes[];
}

/** What a server finds: all tables of the run, or at first only those that the run begins with. */
export type Warehouse = 'filled' | 'growing';

const ROUNDS = 7;
/** Statements that warm the code of analyzer and compiler, before each round. */
const WARM_UP = 40;

/**
 * Analyzes and compiles each job's statements, one after another, as a server does that has run
 * for a little while and sees each for the first time: in every round the analyzer, the compiler
 * and what they remember are fresh, and each text comes once. A moment in which the machine is
 * busy spoils one round of a few statements, not their median.
 */
export async function measureCompiling(
  warehouseDir: string,
  queries: readonly string[],
  warehouse: Warehouse,
): Promise<CompileTimes> {
  const storage = await Storage.open({ warehouseDir, prepare: (c) => installRuntime(c) });
  const texts = queries.filter((query) => !/^\s*create\s+schema/i.test(query));
  try {
    const rounds: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push(await oneRound(storage, texts, warehouse));
    }
    const times: CompileTimes = { models: [], others: [] };
    texts.forEach((text, i) => {
      const all = rounds.map((round) => round[i] as number);
      times[isOther(text) ? 'others' : 'models'].push({
        median: median(all),
        best: Math.min(...all),
      });
    });
    return times;
  } finally {
    await storage.close();
  }
}

async function oneRound(
  storage: Storage,
  texts: readonly string[],
  warehouse: Warehouse,
): Promise<number[]> {
  const compiler = compilerOf(await startAnalyzer());
  const { projectId: defaultProject, location } = findProject(__dirname);
  const context = { compiler, location, exportsDir: '', now: 0, names: { defaultProject } };
  const growing = new CatalogEdit(storage.catalog);
  for (const { path } of [...growing.tables.values()]) {
    if (path.dataset !== 'raw') growing.removeTable(path);
  }
  const prepare = async (text: string): Promise<number> => {
    const start = performance.now();
    const catalog = warehouse === 'growing' ? growing : new CatalogEdit(storage.catalog);
    await analyzeScript(catalog, compiler.split(text), context);
    return performance.now() - start;
  };
  try {
    for (let n = 1; n <= WARM_UP; n++) await prepare(warmUp(n));
    const times: number[] = [];
    for (const text of texts) times.push(await prepare(text));
    return times;
  } finally {
    await compiler.close();
  }
}

const isOther = (text: string): boolean =>
  /_assertions\b|\bassert_/.test(text.slice(0, 400)) || /sum\(1\)/i.test(text.slice(0, 80));

const warmUp = (n: number): string => `
  WITH numbers AS (SELECT x, MOD(x, ${n + 1}) AS part FROM UNNEST(GENERATE_ARRAY(1, ${n})) AS x)
  SELECT part, COUNT(*) AS row_count, SUM(x) AS total, COALESCE(MAX(IF(x > ${n}, 'a', NULL)), 'b') AS text,
    ROW_NUMBER() OVER (PARTITION BY part ORDER BY MIN(x)) AS position
  FROM numbers WHERE x BETWEEN 1 AND ${n} GROUP BY part`;
