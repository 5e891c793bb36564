import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import type { WarehouseConfig } from '../shared/config';
import { messageOf, UserError } from '../shared/errors';

/**
 * The BigQuery client for the cloud or for a local endpoint. With an endpoint the client asks
 * for no credentials.
 */
export function createClient(config: WarehouseConfig): BigQuery {
  const { projectId, location, apiEndpoint } = config;
  if (apiEndpoint === undefined) return new BigQuery({ projectId, location });
  // Without a client that asks for nothing, uploads look for credentials of the machine, wait for
  // a metadata server, and break off because their request has no headers.
  const authClient = new PassThroughClient();
  // On this machine nothing is gained by trying again for seven seconds.
  const client = new BigQuery({ projectId, location, apiEndpoint, authClient, autoRetry: false });
  // The client takes BIGQUERY_EMULATOR_HOST literally, path and all, where it is set; the
  // configured endpoint has to win.
  client.baseUrl = `${apiEndpoint}/bigquery/v2`;
  return client;
}

/** The HTTP status or gRPC-like code that an error of the client carries. */
export function codeOf(error: unknown): number | string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'number' || typeof code === 'string' ? code : undefined;
}

/**
 * Turns what a person can mend into a sentence: nobody listens at the endpoint, or a table is not
 * there. Every other error stays what it is.
 */
export function explain(error: unknown, config: WarehouseConfig): unknown {
  const message = messageOf(error);
  if (codeOf(error) === 404 && /\b(table|dataset)\b/i.test(message)) {
    return new UserError(
      `${message.replace(/\.$/, '')}: make it with \`tributary run\`, or correct the name.`,
      { status: 404, cause: error },
    );
  }
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'];
  if (config.apiEndpoint === undefined && message.includes('default credentials')) {
    return new UserError(
      'BigQuery in the cloud asks who you are: sign in with `gcloud auth application-default login`, or name a key file in GOOGLE_APPLICATION_CREDENTIALS.',
      { status: 401, cause: error },
    );
  }
  const isUnreachable = unreachable.some(
    (code) => codeOf(error) === code || message.includes(code),
  );
  if (!isUnreachable) return error;
  if (config.apiEndpoint === undefined) {
    return new UserError(
      "BigQuery in the cloud can't be reached: check the network, and sign in with `gcloud auth application-default login`.",
      { status: 503, cause: error },
    );
  }
  return new UserError(
    `BigQuery at ${config.apiEndpoint} can't be reached: start the local one with \`tributary serve\`, or correct BIGQUERY_EMULATOR_HOST.`,
    { status: 503, cause: error },
  );
}
