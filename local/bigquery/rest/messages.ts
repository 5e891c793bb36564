import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { UNSUPPORTED } from '../jobs/request-fields';
import { BigQueryError, type ErrorReason } from '../sql/errors';

/** A request as the handlers see it: routed, but its body not yet read. */
export interface RestRequest {
  readonly method: string;
  /** Of the path, decoded: project, dataset, table, job. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly stream: Readable;
  /** The JSON body, or {} where there is none. */
  json(): Promise<unknown>;
}

export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined sends nothing. */
  readonly body?: unknown;
}

export function ok(body: unknown): RestResponse {
  return { status: 200, body };
}

export const noContent: RestResponse = { status: 204 };

/** HTTP status and Google's canonical code of each reason. Clients try 429 and 5xx but 501 again. */
const STATUS: Readonly<Record<ErrorReason, readonly [number, string]>> = {
  invalidQuery: [400, 'INVALID_ARGUMENT'],
  invalid: [400, 'INVALID_ARGUMENT'],
  bytesBilledLimitExceeded: [400, 'INVALID_ARGUMENT'],
  resourcesExceeded: [400, 'INVALID_ARGUMENT'],
  responseTooLarge: [403, 'PERMISSION_DENIED'],
  resourceInUse: [400, 'FAILED_PRECONDITION'],
  stopped: [400, 'CANCELLED'],
  accessDenied: [403, 'PERMISSION_DENIED'],
  notFound: [404, 'NOT_FOUND'],
  duplicate: [409, 'ALREADY_EXISTS'],
  conditionNotMet: [412, 'FAILED_PRECONDITION'],
  internalError: [500, 'INTERNAL'],
  notImplemented: [501, 'UNIMPLEMENTED'],
  backendError: [503, 'UNAVAILABLE'],
};

/**
 * An error in BigQuery's form. `ofJob` is for errors that a job ended with: they are final, so
 * they never carry a status on which clients try again.
 */
export function errorResponse(error: BigQueryError, ofJob = false): RestResponse {
  const [status, name] = STATUS[error.reason];
  const code = ofJob && status >= 500 ? 400 : status;
  const errors = [{ ...errorProto(error), domain: 'global' }];
  return {
    status: code,
    body: { error: { code, message: error.message, errors, status: name } },
  };
}

/** BigQuery's ErrorProto: of an answer, and of a job's status. */
export function errorProto(error: BigQueryError): Record<string, string> {
  const { reason, message } = error;
  return reason === 'invalidQuery' ? { reason, location: 'query', message } : { reason, message };
}

/** Checks a body or query against its schema; throws 'invalid' naming the first field at fault. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'the request';
  if (issue?.message === UNSUPPORTED) {
    throw new BigQueryError('invalid', `${where} ${UNSUPPORTED}: leave it out`);
  }
  throw new BigQueryError('invalid', `Invalid value for ${where}: ${issue?.message ?? 'unknown'}`);
}

/** A path parameter of a route that has it. */
export function param(request: RestRequest, name: string): string {
  return request.params[name] ?? '';
}
