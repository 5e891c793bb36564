import type { Explanation } from '@tributary/functions/identity/explain';
import { bitsOf } from '@tributary/functions/identity/log-odds';
import type { MatchSettings } from '@tributary/functions/identity/settings';
import { type Clock, systemClock } from '@tributary/functions/shared/clock';
import { UserError } from '@tributary/functions/shared/errors';
import type { Progress } from '../progress';
import type { Project } from '../project';
import { type CountedRule, chooseRules } from './choose-rules';
import { explainCluster } from './explain-cluster';
import { explainRecords } from './explain-records';
import { findClusters } from './find-clusters';
import { loadMatchIncludes } from './includes';
import { type Learnt, learn } from './learn';
import { LEAST_WEIGHT, MAX_DEGREE } from './limits';
import { type MatchWarehouse, openMatchWarehouse } from './match-warehouse';
import { type PreparedRecords, prepareRecords } from './prepare-records';
import { saveState } from './state/save-state';
import { idSql, writeClusters, writePairs } from './write-answers';

export interface MatchFileOptions {
  readonly project: Project;
  readonly inputs: readonly string[];
  readonly settings: MatchSettings;
  readonly out: string | undefined;
  readonly pairs: string | undefined;
  readonly progress: Progress;
  /** A folder that keeps the run, so that new records can be matched against it. */
  readonly state?: string | undefined;
  /** Explains the pair of these ids, and writes nothing. */
  readonly explain?: readonly [string, string] | undefined;
  readonly clock?: Clock;
}

export interface MatchSummary {
  readonly prepared: PreparedRecords;
  readonly rules: readonly CountedRule[];
  readonly learnt: Learnt;
  /** The sum of the pairs' probabilities. */
  readonly expectedMatches: number;
  /** By record: the first record of its cluster. */
  readonly clusters: Int32Array;
  readonly explanation?: Explanation;
  /** Whether the explained records are in one cluster, and by what. */
  readonly verdict?: string;
}

const COPIES = {
  one_person: 'All records are the same in what is compared: they are one person.',
  untold:
    'All records are the same in what is compared, and say too little to be one person: none are joined.',
};

/** Records of files to clusters: cleanses, blocks, compares, trains, scores and partitions. */
export async function matchFile(options: MatchFileOptions): Promise<MatchSummary> {
  const warehouse = await openMatchWarehouse(options.project, options.state);
  try {
    return await matchIn(warehouse, options);
  } finally {
    await warehouse.close();
  }
}

/** The same in a warehouse that is open. */
export async function matchIn(
  warehouse: MatchWarehouse,
  {
    project,
    inputs,
    settings,
    out,
    pairs,
    progress,
    state,
    explain,
    clock = systemClock,
  }: MatchFileOptions,
): Promise<MatchSummary> {
  const includes = loadMatchIncludes(project.dir);
  const { queries } = includes;
  const acrossSources = settings.compare === 'between_files';
  const limits = {
    max_block_records: settings.max_block_records,
    across_sources: acrossSources,
  };
  const prepared = await progress.step('Reading and cleansing', () =>
    prepareRecords(warehouse, includes, inputs, settings, { explain, clock }),
  );
  if (state !== undefined && prepared.columns.id === undefined) {
    throw new UserError(
      '--state needs ids, else no later run knows whom it has: name their column as "id" in the settings.',
    );
  }
  for (const note of prepared.notes) progress.note(note);
  const { recipe, table, explained } = prepared;
  // Files that list a person once, and later runs, need the pairs.
  const copies = acrossSources || state !== undefined ? undefined : prepared.copies;
  if (copies !== undefined) progress.note(COPIES[copies]);
  const across = { across_sources: acrossSources };
  const rules = await progress.step('Counting blocks', () =>
    chooseRules(warehouse, includes, {
      ...prepared,
      columns: prepared.columns.compared,
      settings,
      records: table,
      limits,
      areAllSame: copies !== undefined,
    }),
  );
  const compared = await progress.step('Comparing pairs', async () => {
    const made = await warehouse.create('pairs', queries.candidatePairs(rules, table, limits));
    const query = queries.comparedPairs(recipe, `SELECT * FROM ${made}`, table, across);
    const name = await warehouse.create('compared', query);
    await warehouse.drop('pairs');
    return name;
  });
  const learnt = await progress.step('Training', () =>
    learn(warehouse, includes, prepared, {
      compared,
      rules,
      acrossSources,
      rarity: settings.term_frequency,
    }),
  );
  for (const warning of learnt.training.diagnostics.warnings) progress.warn(warning);
  const scores = (of: string) =>
    includes.weights.scoredPairs({
      compared: of,
      weights: learnt.weights,
      prior: learnt.prior,
      min_weight: LEAST_WEIGHT,
      each: pairs !== undefined,
    });
  const { relations, expectedMatches, ...tables } = await progress.step('Scoring', async () => {
    const scored = await warehouse.create('scored', scores(compared));
    const strong = { min_weight: bitsOf(settings.threshold), max_degree: MAX_DEGREE };
    const implied = queries.impliedPairs(scored, compared, strong);
    const impliedTable = await warehouse.create(
      'implied',
      queries.comparedPairs(recipe, implied, table, across),
    );
    const scoredToo = await warehouse.create('scored_implied', scores(impliedTable));
    const relationOf = (table: string) => warehouse.relation(`SELECT * FROM ${table}`);
    const [expected] = await warehouse.query<{ readonly matches: number | null }>(
      includes.weights.expectedMatches([scored, scoredToo]),
    );
    return {
      relations: [await relationOf(scored), await relationOf(scoredToo)],
      expectedMatches: expected?.matches ?? 0,
      scored,
      implied: scoredToo,
    };
  });
  const found = await progress.step('Clustering', () =>
    findClusters(warehouse, prepared, relations, {
      threshold: settings.threshold,
      acrossSources,
      copies,
    }),
  );
  const { clusters } = found;
  if (explained) {
    const explanation = await explainRecords(warehouse, includes, prepared, learnt, explained);
    const { weight } = explanation;
    const verdict = await explainCluster(warehouse, prepared, found, explained, weight);
    return { prepared, rules, learnt, expectedMatches, clusters, explanation, verdict };
  }
  await progress.step('Writing', async () => {
    await writeClusters(warehouse, prepared, clusters, out);
    if (pairs === undefined) return;
    const least = bitsOf(settings.pairs_threshold);
    const people = { table: 'input', id: idSql(prepared) };
    await writePairs(warehouse, people, recipe.comparisons, relations, least, pairs);
  });
  if (state !== undefined) {
    await progress.step('Keeping the state', () =>
      saveState(warehouse, includes, { prepared, settings, rules, learnt, found, ...tables }),
    );
  }
  return { prepared, rules, learnt, expectedMatches, clusters };
}
