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
import { type TrainMatchingOptions, trainMatching } from './train-matching';

export interface TrainMatchingDeps extends TrainMatchingOptions {
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
}

const BODY_LIMIT_BYTES = 1000;

/** All evidence is weighed together, so there is nothing to choose. */
const requestSchema = z.strictObject({}).nullish();

/**
 * POST: trains the matching of visitors on the counts of the warehouse and answers {outcome,
 * model_version, stop_reason, pair_count, expected_match_count, proven, warnings}, or {outcome:
 * 'refused', reason}.
 *
 * @throws UserError at once where no key is configured
 */
export function createTrainMatching(deps: TrainMatchingDeps): HttpHandler {
  const handler: HttpHandler = async (request, response) => {
    if (request.method !== 'POST') {
      answerError(response, 405, 'train_matching takes POST.');
      return;
    }
    if (!requestSchema.safeParse(readJsonBody(request, BODY_LIMIT_BYTES)).success) {
      throw new UserError(
        'train_matching takes no options: send {} or nothing; who is compared is chosen in includes/settings.js.',
      );
    }
    const result = await trainMatching(deps);
    if (result.outcome === 'refused') {
      answer(response, 200, result);
      return;
    }
    const { diagnostics } = result;
    answer(response, 200, {
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
    });
  };
  return answerErrors(requireApiKey(handler, deps.apiKeys), deps.log);
}
