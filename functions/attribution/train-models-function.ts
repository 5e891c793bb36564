import { z } from 'zod';
import { UserError } from '../shared/errors';
import {
  answer,
  answerError,
  answerErrors,
  type HttpHandler,
  readJsonBody,
  requireApiKey,
} from '../shared/http';
import type { Log } from '../shared/log';
import { type TrainModelsOptions, trainModels } from './train-models';

export interface TrainModelsDeps extends TrainModelsOptions {
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
}

const BODY_LIMIT_BYTES = 1000;

/** Credits of all models are replaced together, so there is nothing to choose. */
const requestSchema = z.strictObject({}).nullish();

/**
 * POST: trains the attribution models of the settings, all of them, and answers {results: [{model,
 * conversion_type, outcome, model_version, converged, reason}]}.
 *
 * @throws UserError at once where no key is configured
 */
export function createTrainModels(deps: TrainModelsDeps): HttpHandler {
  const handler: HttpHandler = async (request, response) => {
    if (request.method !== 'POST') {
      answerError(response, 405, 'train_models takes POST.');
      return;
    }
    if (!requestSchema.safeParse(readJsonBody(request, BODY_LIMIT_BYTES)).success) {
      throw new UserError(
        'train_models takes no options: send {} or nothing; models are chosen in includes/attribution_models.js.',
      );
    }
    const results = await trainModels(deps);
    answer(response, 200, {
      results: results.map(
        ({ model, conversionType, outcome, modelVersion, converged, reason }) => ({
          model,
          conversion_type: conversionType,
          outcome,
          model_version: outcome === 'refused' ? null : modelVersion,
          converged,
          reason,
        }),
      ),
    });
  };
  return answerErrors(requireApiKey(handler, deps.apiKeys), deps.log);
}
