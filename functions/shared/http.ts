import type { Request, Response } from '@google-cloud/functions-framework';
import { assertKeys, isKnownKey } from './auth';
import { isUserError, messageOf, UserError } from './errors';
import type { Log } from './log';
import { executionLabels } from './log';

/** What is registered with functions-framework. */
export type HttpHandler = (request: Request, response: Response) => Promise<void>;

/** Answers JSON with a status. */
export function answer(response: Response, status: number, body: unknown): void {
  response.status(status).json(body);
}

/** Answers one sentence: {statusCode, error: "..."}. */
export function answerError(response: Response, status: number, error: string): void {
  answer(response, status, { statusCode: status, error });
}

/** The body's size in bytes as it came over the wire. */
export function bodySize(request: Request): number {
  return request.rawBody?.length ?? Number(request.get('content-length') ?? 0);
}

/**
 * The request's body as JSON, whatever content type it came with: beacons send text/plain.
 *
 * @throws UserError 413 where it exceeds the limit (functions-framework's own is 1 GB), 400
 * where it is no JSON.
 */
export function readJsonBody(request: Request, limitBytes: number): unknown {
  const size = bodySize(request);
  if (size > limitBytes) {
    throw new UserError(
      `The body has ${size} bytes and may have ${limitBytes}: send fewer records a request.`,
      { status: 413 },
    );
  }
  const text = typeof request.body === 'string' ? request.body : undefined;
  const raw = text ?? (Buffer.isBuffer(request.body) ? request.body.toString('utf8') : undefined);
  if (raw === undefined) return request.body;
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new UserError(`The body is no JSON (${messageOf(error)}): send one JSON object.`);
  }
}

/**
 * For functions whose options stand in the body alone.
 *
 * @throws UserError where the address carries some
 */
export function refuseParameters(request: Request, name: string): void {
  const [parameter] = Object.keys(request.query);
  if (parameter === undefined) return;
  throw new UserError(
    `${name} reads nothing from its address (${parameter}): send options in the body, as JSON.`,
  );
}

/**
 * Wraps a handler so that only callers with a known x-api-key reach it.
 *
 * @throws UserError at once where no key is configured
 */
export function requireApiKey(handler: HttpHandler, keys: readonly string[]): HttpHandler {
  assertKeys(keys);
  return async (request, response) => {
    const key = request.get('x-api-key');
    if (key === undefined) {
      answerError(response, 401, 'This function needs a key: send it as the header x-api-key.');
    } else if (!isKnownKey(key, keys)) {
      answerError(response, 403, 'The key in x-api-key is not one of TRIBUTARY_API_KEYS.');
    } else {
      await handler(request, response);
    }
  };
}

/** Wraps a handler so that what it throws becomes an answer, and the log keeps the rest. */
export function answerErrors(handler: HttpHandler, log: Log): HttpHandler {
  return async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      const requestLog = log.child(executionLabels(request.executionId));
      if (isUserError(error)) {
        requestLog.warn({ status: error.status }, error.message);
        answerError(response, error.status, error.message);
      } else {
        requestLog.error({ err: error }, 'A function failed.');
        answerError(response, 500, 'The function failed on our side; its log says why.');
      }
    }
  };
}
