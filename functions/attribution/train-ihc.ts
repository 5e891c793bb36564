import { z } from 'zod';
import { UserError } from '../shared/errors';
import {
  answer,
  answerError,
  answerErrors,
  type HttpHandler,
  readJsonBody,
  refuseParameters,
  requireApiKey,
} from '../shared/http';
import type { Log } from '../shared/log';
import { type TrainIhcOptions, trainIhc } from './train-conversion-types';

export { type TrainIhcOptions, type TrainIhcResult, trainIhc } from './train-conversion-types';

export interface TrainIhcDeps extends Omit<TrainIhcOptions, 'conversionTypes'> {
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
}

const BODY_LIMIT_BYTES = 100_000;

const requestSchema = z
  .strictObject({ conversion_types: z.array(z.string().min(1)).min(1).optional() })
  .nullish();

/**
 * POST: trains all conversion types, or those of the body's `conversion_types`, and answers
 * {results: [{conversion_type, outcome, ...}]}.
 *
 * @throws UserError at once where no key is configured
 */
export function createTrainIhc(deps: TrainIhcDeps): HttpHandler {
  const handler: HttpHandler = async (request, response) => {
    if (request.method !== 'POST') {
      answerError(response, 405, 'train_ihc takes POST.');
      return;
    }
    refuseParameters(request, 'train_ihc');
    const checked = requestSchema.safeParse(readJsonBody(request, BODY_LIMIT_BYTES));
    if (!checked.success) {
      const issue = checked.error.issues[0];
      throw new UserError(
        `The body is not as it should be: ${issue?.path.join('.') || 'the document'}: ${issue?.message}; send {"conversion_types": [...]} or nothing.`,
      );
    }
    const conversionTypes = checked.data?.conversion_types;
    const results = await trainIhc({ ...deps, ...(conversionTypes ? { conversionTypes } : {}) });
    answer(response, 200, {
      results: results.map(({ conversionType, ...result }) =>
        result.outcome === 'refused'
          ? { conversion_type: conversionType, ...result }
          : {
              conversion_type: conversionType,
              outcome: result.outcome,
              model_version: result.modelVersion,
              warnings: result.warnings,
            },
      ),
    });
  };
  return answerErrors(requireApiKey(handler, deps.apiKeys), deps.log);
}
