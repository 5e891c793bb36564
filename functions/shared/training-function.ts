import { z } from 'zod';
import { UserError } from './errors';
import {
  answer,
  answerError,
  answerErrors,
  type HttpHandler,
  readJsonBody,
  refuseParameters,
  requireApiKey,
} from './http';
import type { Log } from './log';

export interface TrainingDeps {
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
}

/** A training of all that there is in the warehouse. */
export interface Training {
  /** As in its address. */
  readonly name: string;
  /** What is chosen in the project, and where: for those who send options. */
  readonly chosen: string;
  /** Trains, and gives the answer's body. */
  readonly train: () => Promise<object>;
}

const BODY_LIMIT_BYTES = 1000;
const requestSchema = z.strictObject({}).nullish();

/**
 * The handler of a training that takes POST and no options.
 *
 * @throws UserError at once where no key is configured
 */
export function trainingFunction(
  { name, chosen, train }: Training,
  { apiKeys, log }: TrainingDeps,
): HttpHandler {
  const handler: HttpHandler = async (request, response) => {
    if (request.method !== 'POST') {
      answerError(response, 405, `${name} takes POST.`);
      return;
    }
    refuseParameters(request, name);
    if (!requestSchema.safeParse(readJsonBody(request, BODY_LIMIT_BYTES)).success) {
      throw new UserError(`${name} takes no options: send {} or nothing; ${chosen}.`);
    }
    answer(response, 200, await train());
  };
  return answerErrors(requireApiKey(handler, apiKeys), log);
}
