import type { Clock } from '../shared/clock';
import { stableId } from '../shared/hash';
import type { Log } from '../shared/log';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { bitsOf } from './log-odds';
import { weightsOf } from './parameters';
import { trainVisitors, type VisitorTrainingResult } from './train-visitors';
import { readVisitorPatterns } from './visitor-patterns';

export interface TrainMatchingOptions {
  readonly warehouse: Pick<Warehouse, 'query' | 'load'>;
  readonly clock: Clock;
  readonly log?: Log;
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** The models' dataset; 'tributary' unless told. */
  readonly dataset?: string;
}

/** What became of a training. */
export type TrainMatchingResult =
  | {
      /** 'unchanged': the newest parameters are these already. */
      readonly outcome: 'trained' | 'unchanged';
      readonly modelVersion: string;
      readonly stopReason: string;
      readonly diagnostics: VisitorTrainingResult['diagnostics'];
    }
  | {
      readonly outcome: 'refused';
      /** One sentence. */
      readonly reason: string;
    };

/** With fewer pairs, or matches among them, EM finds patterns in chance. */
const MIN_PAIRS = 500;
const MIN_MATCHES = 50;

/**
 * Learns what evidence between visitors says, from the counts in int_identity__patterns, which are
 * all that leaves the warehouse, and appends it to raw.match_parameters where it is new: the same
 * counts give the same parameters, so running twice changes nothing.
 */
export async function trainMatching(options: TrainMatchingOptions): Promise<TrainMatchingResult> {
  const { warehouse, log, rawDataset = 'raw', dataset = 'tributary' } = options;
  const rows = await warehouse.query(`SELECT * FROM \`${dataset}\`.int_identity__patterns`);
  const training = trainVisitors(readVisitorPatterns(rows));
  const reason = refusal(training);
  if (reason !== undefined) {
    log?.info({ reason }, 'Matching of visitors: refused.');
    return { outcome: 'refused', reason };
  }
  const row = toStoredRow(training, options.clock());
  const [newest] = await warehouse.query<Row & { model_version: string }>(
    `SELECT model_version FROM \`${rawDataset}\`.match_parameters ORDER BY trained_at DESC, model_version DESC LIMIT 1`,
  );
  const outcome = newest?.model_version === row.model_version ? 'unchanged' : 'trained';
  if (outcome === 'trained') {
    const jobId = `train_matching_${stableId(row.trained_at, row.model_version)}`;
    await warehouse.load('match_parameters', [row], { jobId });
  }
  const { diagnostics, stopReason } = training;
  log?.info({ ...diagnostics, stopReason }, `Matching of visitors: ${outcome}.`);
  return { outcome, modelVersion: row.model_version, stopReason, diagnostics };
}

/** Why what was learnt must not be used; undefined where it may be. */
function refusal({ diagnostics, converged, stopReason }: VisitorTrainingResult) {
  const { pairs, rules, expectedMatches } = diagnostics;
  const { foundSame, provenSame, wronglySame, provenDifferent } = diagnostics;
  if (pairs < MIN_PAIRS) {
    return `Training needs ${MIN_PAIRS} compared pairs of visitors, and there are ${pairs}.`;
  }
  if (expectedMatches < MIN_MATCHES) {
    return `Training needs ${MIN_MATCHES} pairs that look like one person, and there are ${Math.round(expectedMatches)}.`;
  }
  // Of the pairs of a wider rule most are strangers, whom EM alone can't tell from a household.
  if (rules.length > 1 && provenSame < MIN_MATCHES) {
    return `Training with several blocking rules (${rules.join(', ')}) needs ${MIN_MATCHES} pairs that logins prove, and there are ${provenSame}: keep the first rule of settings.identity.evidence alone.`;
  }
  if (!converged) return `Training ${stopReason}.`;
  // The share of proven strangers that are taken for one person must lie far below that of persons.
  const isProven = provenSame >= MIN_MATCHES && provenDifferent >= MIN_MATCHES;
  if (isProven && wronglySame * provenSame * 2 >= foundSame * provenDifferent) {
    return `The evidence does not tell persons apart: it joins ${wronglySame} of ${provenDifferent} pairs with different logins, and ${foundSame} of ${provenSame} with the same.`;
  }
  return undefined;
}

/** The row of raw.match_parameters. */
function toStoredRow(training: VisitorTrainingResult, trainedAt: Date) {
  const { parameters, comparisons, diagnostics } = training;
  const weights = weightsOf(parameters);
  const levels = comparisons.flatMap(({ name, levels: all }, at) =>
    all.map((level, index) => ({
      comparison: name,
      level,
      m_probability: parameters.comparisons[at]?.m[index] ?? 0,
      u_probability: parameters.comparisons[at]?.u[index] ?? 0,
      match_weight: weights[at]?.[index] ?? 0,
    })),
  );
  const prior = bitsOf(parameters.lambda);
  return {
    model_version: `match-${stableId(JSON.stringify([prior, levels])).slice(0, 12)}`,
    trained_at: trainedAt.toISOString(),
    converged: training.converged,
    stop_reason: training.stopReason,
    pair_count: diagnostics.pairs,
    match_share: parameters.lambda,
    prior_weight: prior,
    levels,
    diagnostics: JSON.stringify(diagnostics),
  };
}
