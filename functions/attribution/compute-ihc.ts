import type { Request, Response } from '@google-cloud/functions-framework';
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
import {
  type ComputeIhcRequest,
  type ComputeIhcResponse,
  computeIhcRequestSchema,
} from './compute-ihc-schema';
import { buildJourneys } from './ihc/build-journeys';
import { alignChannels } from './ihc/foreign-document';
import { channelsMet } from './ihc/journeys';
import { modelFor } from './ihc/model';
import type { IhcParameters } from './ihc/parameters';
import { redistribute } from './ihc/redistribution';
import { scoreJourneys } from './ihc/score';
import { openApiDocument } from './openapi';
import type { ParametersStore } from './parameters-store';
import { requestColumns } from './request-journeys';

export interface ComputeIhcDeps {
  readonly store: ParametersStore;
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
  /** 32 MB unless told: what Cloud Functions takes. */
  readonly bodyLimitBytes?: number;
}

const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
const SHOWN_ERRORS = 100;
const EXCLUDED = 'Session/Impression excluded from customer journey since it';
const AFTER_CONVERSION = `${EXCLUDED} occurs after the conversion event`;
const REPEATED = `${EXCLUDED} repeats a session_id of it, of which the earliest row counts`;

/**
 * POST /v1/compute_ihc?conv_type_id=ID: scores the journeys of the body with the parameters of
 * that conversion type. GET answers the OpenAPI document, without a key.
 *
 * @throws UserError at once where no key is configured
 */
export function createComputeIhc(deps: ComputeIhcDeps): HttpHandler {
  const compute = requireApiKey(
    (request, response) => handle(deps, request, response),
    deps.apiKeys,
  );
  return answerErrors(async (request, response) => {
    if (request.method === 'GET') {
      answer(response, 200, openApiDocument());
    } else if (request.method === 'POST') {
      await compute(request, response);
    } else {
      answerError(response, 405, 'compute_ihc takes POST, or GET for its OpenAPI document.');
    }
  }, deps.log);
}

async function handle(deps: ComputeIhcDeps, request: Request, response: Response): Promise<void> {
  const parameters = await findParameters(deps.store, request.query.conv_type_id);
  const body = readJsonBody(request, deps.bodyLimitBytes ?? BODY_LIMIT_BYTES);
  const checked = computeIhcRequestSchema.safeParse(body);
  if (!checked.success) {
    const errors = checked.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }));
    const first = errors[0];
    answer(response, 400, {
      statusCode: 400,
      error: `The body is not as it should be: ${first?.path || 'the document'}: ${first?.message}${errors.length > 1 ? ` (and ${errors.length - 1} more in errors)` : ''}.`,
      errors: errors.slice(0, SHOWN_ERRORS),
    });
    return;
  }
  const result = computeIhc(checked.data, parameters);
  answer(response, result.statusCode, result);
}

async function findParameters(store: ParametersStore, given: unknown): Promise<IhcParameters> {
  if (typeof given !== 'string' || given === '') {
    throw new UserError('The query parameter conv_type_id is missing: name a conversion type.');
  }
  const parameters = await store.find(given);
  if (parameters === undefined) {
    const known = await store.conversionTypes();
    throw new UserError(
      known.length === 0
        ? `Conversion type ${given} is not known, and none is trained yet: run \`tributary train\`, or call train_ihc.`
        : `Conversion type ${given} is not known: use one of ${known.join(', ')}.`,
      { status: 404 },
    );
  }
  return parameters;
}

/**
 * Scores a checked request. Values have 4 decimals; sessions after their conversion, and further
 * rows of a session, are named.
 */
export function computeIhc(
  request: ComputeIhcRequest,
  parameters: IhcParameters,
): ComputeIhcResponse {
  const sessions = request.customer_journeys;
  const { journeys, cleaning } = buildJourneys(requestColumns(sessions));
  const aligned = alignChannels(parameters, channelsMet(journeys)).parameters;
  const model = modelFor(aligned, journeys.channels);
  const scores = scoreJourneys(journeys, model);
  if (request.redistribution_parameter) {
    redistribute(journeys, scores, request.redistribution_parameter, model);
  }
  const value: ComputeIhcResponse['value'] = [];
  const order = Array.from(journeys.row, (row, session) => ({ row, session }));
  for (const { row, session } of order.sort((a, b) => a.row - b.row)) {
    value.push({
      ...idsOf(sessions, row),
      initializer: toFourDecimals(scores.initializer[session]),
      holder: toFourDecimals(scores.holder[session]),
      closer: toFourDecimals(scores.closer[session]),
      ihc: toFourDecimals(scores.ihc[session]),
    });
  }
  const partialFailureErrors = [
    ...cleaning.afterConversion.map((row) => ({ row, reason: AFTER_CONVERSION })),
    ...cleaning.duplicate.map((row) => ({ row, reason: REPEATED })),
  ]
    .sort((a, b) => a.row - b.row)
    .map(({ row, reason }) => ({
      trigger: idsOf(sessions, row),
      reason,
      statusCode: 206 as const,
    }));
  return { statusCode: partialFailureErrors.length > 0 ? 206 : 200, value, partialFailureErrors };
}

function idsOf(sessions: ComputeIhcRequest['customer_journeys'], row: number) {
  const { conversion_id, session_id } = sessions[row] as (typeof sessions)[number];
  return { conversion_id, session_id };
}

function toFourDecimals(value = 0): number {
  return Math.round(value * 1e4) / 1e4;
}
