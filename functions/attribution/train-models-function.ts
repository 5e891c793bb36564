import type { HttpHandler } from '../shared/http';
import { type TrainingDeps, trainingFunction } from '../shared/training-function';
import { type TrainModelsOptions, trainModels } from './train-models';

export type TrainModelsDeps = TrainModelsOptions & TrainingDeps;

/**
 * POST: trains the attribution models of the settings, all of them, and answers {results: [{model,
 * conversion_type, outcome, model_version, converged, reason}]}. Credits of all models are replaced
 * together, so there is nothing to choose.
 *
 * @throws UserError at once where no key is configured
 */
export function createTrainModels(deps: TrainModelsDeps): HttpHandler {
  return trainingFunction(
    {
      name: 'train_models',
      chosen: 'models are chosen in includes/attribution_models.js',
      train: () => trainAndAnswer(deps),
    },
    deps,
  );
}

async function trainAndAnswer(deps: TrainModelsDeps): Promise<object> {
  const results = await trainModels(deps);
  return {
    results: results.map(({ model, conversionType, outcome, modelVersion, converged, reason }) => ({
      model,
      conversion_type: conversionType,
      outcome,
      model_version: outcome === 'refused' ? null : modelVersion,
      converged,
      reason,
    })),
  };
}
