import { marginalM } from '@tributary/functions/identity/place';
import type { MatchSummary } from './match-file';
import type { NewSummary } from './state/match-new';

/** The summary of a run, for programs: counts, sizes of clusters, rules, training and weights. */
export function summaryJson({ prepared, rules, learnt, expectedMatches, clusters }: MatchSummary) {
  const { training } = learnt;
  const { lambda, comparisons, place } = training.parameters;
  const marginal = marginalM(training.parameters);
  const names = prepared.recipe.comparisons.map(({ name }) => name);
  const sizes = clusterSizes(clusters);
  return {
    record_count: prepared.recordCount,
    cluster_count: [...sizes.values()].reduce((sum, count) => sum + count, 0),
    cluster_sizes: [...sizes]
      .sort(([a], [b]) => a - b)
      .map(([record_count, cluster_count]) => ({ record_count, cluster_count })),
    pair_count: rules.reduce((sum, { pairs }) => sum + pairs, 0),
    expected_match_count: expectedMatches,
    rules: rules.map(({ rule, pairs, skippedBlocks, largestBlock }) => ({
      rule: rule.name,
      pair_count: pairs,
      skipped_block_count: skippedBlocks,
      largest_block: largestBlock ?? null,
    })),
    training: { converged: training.converged, stop_reason: training.stopReason, lambda },
    place: place
      ? { comparisons: place.members.map((at) => names[at]), moved_share: place.moved }
      : null,
    match_weight_means: WEIGHT_MEANS,
    comparisons: prepared.recipe.comparisons.map(({ name, levels }, at) => {
      const { u = [] } = comparisons[at] ?? {};
      const m = marginal[at] ?? [];
      return {
        comparison: name,
        levels: [...levels.map((level) => level.name), 'else'].map((level, index) => ({
          level,
          m: m[index] ?? null,
          u: u[index] ?? null,
          match_weight: Math.log2((m[index] ?? 1) / (u[index] ?? 1)),
        })),
      };
    }),
    notes: prepared.notes,
    warnings: training.diagnostics.warnings,
  };
}

const WEIGHT_MEANS =
  'log2(m/u) of a level by itself. In a pair a shared value counts by its rarity, comparisons of a place count together, and mailboxes of namesakes count less: --explain shows the parts of its sum.';

/** What new records changed. */
export const newJson = (summary: NewSummary) => ({
  new_record_count: summary.newCount,
  repeated_record_count: summary.repeatedCount,
  found_record_count: summary.foundCount,
  changed_record_count: summary.changedCount,
  merged_cluster_count: summary.mergedCount,
});

/** Records of a cluster -> clusters of that size. */
export function clusterSizes(clusters: Int32Array): Map<number, number> {
  const members = new Map<number, number>();
  for (const root of clusters) members.set(root, (members.get(root) ?? 0) + 1);
  const sizes = new Map<number, number>();
  for (const size of members.values()) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  return sizes;
}
