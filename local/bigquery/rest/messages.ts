import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
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

const STATUS: Readonly<Record<ErrorReason, number>> = {
  invalidQuery: 400,
  invalid: 400,
  notFound: 404,
  duplicate: 409,
  stopped: 400,
  resourceInUse: 400,
  notImplemented: 501,
  internalError: 500,
};

/**
 * An error in BigQuery's form. `ofJob` is for errors that a job ended with: they are final, so
 * they never carry a status on which clients try again.
 */
export function errorResponse(error: BigQueryError, ofJob = false): RestResponse {
  const status = STATUS[error.reason];
  const code = ofJob && status >= 500 ? 400 : status;
  return {
    status: code,
    body: { error: { code, message: error.message, errors: [errorProto(error)] } },
  };
}

/** BigQuery's ErrorProto. */
export function errorProto(error: BigQueryError): Record<string, string> {
  return { reason: error.reason, message: error.message, domain: 'global' };
}

/** Checks a body or query against its schema; throws 'invalid' naming the first field at fault. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'the request';
  throw new BigQueryError('invalid', `Invalid value for ${where}: ${issue?.message ?? 'unknown'}`);
}

/** A path parameter of a route that has it. */
export function param(request: RestRequest, name: string): string {
  return request.params[name] ?? '';
}
