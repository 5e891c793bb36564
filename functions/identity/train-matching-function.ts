import type { HttpHandler } from '../shared/http';
import { type TrainingDeps, trainingFunction } from '../shared/training-function';
import { type TrainMatchingOptions, trainMatching } from './train-matching';

export type TrainMatchingDeps = TrainMatchingOptions & TrainingDeps;

/**
 * POST: trains the matching of visitors on the counts of the warehouse and answers {outcome,
 * model_version, stop_reason, pair_count, expected_match_count, proven, warnings}, or {outcome:
 * 'refused', reason}. All evidence is weighed together, so there is nothing to choose.
 *
 * @throws UserError at once where no key is configured
 */
export function createTrainMatching(deps: TrainMatchingDeps): HttpHandler {
  return trainingFunction(
    {
      name: 'train_matching',
      chosen: 'who is compared is chosen in includes/settings.js',
      train: () => trainAndAnswer(deps),
    },
    deps,
  );
}

async function trainAndAnswer(deps: TrainMatchingDeps): Promise<object> {
  const result = await trainMatching(deps);
  if (result.outcome === 'refused') return result;
  const { diagnostics } = result;
  return {
    outcome: result.outcome,
    model_version: result.modelVersion,
    stop_reason: result.stopReason,
    pair_count: diagnostics.pairs,
    expected_match_count: Math.round(diagnostics.expectedMatches),
    proven: {
      same_count: diagnostics.provenSame,
      found_same_count: diagnostics.foundSame,
      different_count: diagnostics.provenDifferent,
      wrongly_same_count: diagnostics.wronglySame,
    },
    warnings: diagnostics.warnings,
  };
}
