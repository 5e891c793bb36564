import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { toBigQueryError } from '../jobs/duck-error';
import { BigQueryError } from '../sql/errors';
import { applyFields } from './field-mask';
import { errorResponse, type RestRequest, type RestResponse } from './messages';
import type { Router } from './router';

/** Bodies of JSON requests; files arrive as uploads, which have no limit. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

interface HttpServerOptions {
  readonly router: Router;
  readonly log: (message: string) => void;
}

/** An HTTP server (not yet listening) that answers by the router. */
export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer((request, response) => {
    answer(request, options)
      .then((result) => send(response, result, request))
      .catch((error: Error) => {
        options.log(`${request.method} ${request.url}: ${error.message}`);
        response.destroy();
      });
  });
  // Clients keep connections open between the steps of a run.
  server.keepAliveTimeout = 60_000;
  // Uploads may take as long as they need.
  server.requestTimeout = 0;
  return server;
}

async function answer(
  request: IncomingMessage,
  { router, log }: HttpServerOptions,
): Promise<RestResponse> {
  try {
    refuseBrowsers(request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const match = router(method, url.pathname);
    if (!match) {
      throw new BigQueryError(
        'notFound',
        `${method} ${url.pathname} is not supported by the local BigQuery`,
      );
    }
    const query = url.searchParams;
    const answered = await match.handler(restRequest(request, method, match.params, query));
    const fields = query.get('fields');
    return fields ? { ...answered, body: applyFields(answered.body, fields) } : answered;
  } catch (error) {
    const known = toBigQueryError(error, 'invalid');
    if (known.reason === 'internalError') log(`${request.method} ${request.url}: ${known.message}`);
    return errorResponse(known);
  } finally {
    request.resume();
  }
}

/**
 * The API has no credentials, so only programs on this machine may speak to it: no web page
 * (which sends Origin), and no name that someone points at 127.0.0.1.
 */
function refuseBrowsers({ headers }: IncomingMessage): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  if (headers.origin !== undefined || !['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    throw new BigQueryError(
      'invalid',
      'The local BigQuery answers programs on this machine only: address it as 127.0.0.1 or localhost, not from a web page',
    );
  }
}

function restRequest(
  request: IncomingMessage,
  method: string,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
): RestRequest {
  const stream =
    request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  return {
    method,
    params,
    query,
    headers: request.headers,
    stream,
    json: async () => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stream) {
        chunks.push(chunk as Buffer);
        size += (chunk as Buffer).length;
        if (size > MAX_JSON_BYTES) {
          throw new BigQueryError('invalid', 'Request payload is larger than 64 MB');
        }
      }
      return parseJson(Buffer.concat(chunks).toString('utf8'));
    },
  };
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BigQueryError('invalid', `Request body is not JSON: ${(error as Error).message}`);
  }
}

async function send(
  response: ServerResponse,
  { status, headers, body }: RestResponse,
  request: IncomingMessage,
): Promise<void> {
  const isPretty = /[?&]prettyPrint=true\b/.test(request.url ?? '');
  const text = body === undefined ? '' : JSON.stringify(body, null, isPretty ? 2 : undefined);
  const content = wantsGzip(request) ? await promisify(gzip)(text) : Buffer.from(text);
  response.writeHead(status, {
    ...(body !== undefined && { 'content-type': 'application/json; charset=UTF-8' }),
    ...(wantsGzip(request) && { 'content-encoding': 'gzip' }),
    'content-length': content.length,
    ...headers,
  });
  response.end(content);
}

/** Google compresses for clients that say so twice; on one machine it only costs time. */
function wantsGzip({ headers }: IncomingMessage): boolean {
  return (
    /\bgzip\b/.test(String(headers['accept-encoding'])) && /gzip/.test(headers['user-agent'] ?? '')
  );
}
