import { bitsOf } from '@tributary/functions/identity/log-odds';
import { compareAll } from '../choose-rules';
import type { BlockingRule, MatchIncludes } from '../includes';
import { LEAST_WEIGHT, MAX_DEGREE, refuseTooMany } from '../limits';
import type { MatchWarehouse } from '../match-warehouse';
import type { Arrivals } from './arrivals';
import { rulesNow } from './arriving-rules';
import { type SavedModel, STATE } from './model';

/** Quoted names of the tables of scored pairs: those that rules made, and those implied. */
export interface ArrivingPairs {
  readonly scored: string;
  readonly implied: string;
  /** Those by which the new ones were paired. */
  readonly rules: readonly BlockingRule[];
}

/**
 * The pairs of new records with all others, scored by the weights of the state.
 *
 * @param each also the weight of each comparison
 * @throws UserError where there are more than max_pairs
 */
export async function scoreArrivals(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  model: SavedModel,
  { recipe, table, recordCount }: Arrivals,
  each: boolean,
): Promise<ArrivingPairs> {
  const { settings, weights, prior } = model;
  const { queries } = includes;
  const everyone = `(SELECT * FROM ${STATE.records} UNION ALL SELECT * FROM ${table})`;
  const rules = await rulesNow(warehouse, includes, model, { recipe, everyone, recordCount });
  // The block of all records is none that is too large.
  const max_block_records = compareAll(rules) ? recordCount : settings.max_block_records;
  const blocks = await warehouse.create(
    'new_blocks',
    queries.arrivingBlocks(rules, { everyone, arrivals: table }),
  );
  const made = await warehouse.create(
    'new_pairs',
    queries.arrivingPairs({ blocks, arrivals: table, max_block_records }),
  );
  const [counted] = await warehouse.query<{ readonly pair_count: number }>(
    `SELECT COUNT(*) AS pair_count FROM ${made}`,
  );
  refuseTooMany(
    'The new records make',
    Number(counted?.pair_count ?? 0),
    settings.max_pairs,
    'match all records anew',
  );
  const scores = (compared: string) =>
    includes.weights.scoredPairs({ compared, weights, prior, min_weight: LEAST_WEIGHT, each });
  const across_sources = false;
  const compared = await warehouse.create(
    'new_compared',
    queries.comparedPairs(recipe, `SELECT * FROM ${made}`, everyone, {
      across_sources,
      right: table,
    }),
  );
  const scored = await warehouse.create('new_scored', scores(compared));
  const pairs = await warehouse.create(
    'new_implied_pairs',
    queries.impliedByArrivals({
      known: STATE.pairs,
      scored,
      min_weight: bitsOf(settings.threshold),
      max_degree: MAX_DEGREE,
    }),
  );
  const both = await warehouse.create(
    'new_met_twice',
    `SELECT * FROM ${everyone} WHERE record_no IN (
  SELECT left_no FROM ${pairs} UNION DISTINCT SELECT right_no FROM ${pairs})`,
  );
  const comparedToo = await warehouse.create(
    'new_compared_implied',
    queries.comparedPairs(recipe, `SELECT * FROM ${pairs}`, both, { across_sources }),
  );
  return { rules, scored, implied: await warehouse.create('new_implied', scores(comparedToo)) };
}
