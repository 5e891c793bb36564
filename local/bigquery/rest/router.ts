import type { RestRequest, RestResponse } from './messages';

type Handler = (request: RestRequest) => Promise<RestResponse>;

/** 'GET /projects/:project/datasets' -> handler. */
export type Routes = Readonly<Record<string, Handler>>;

interface Match {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** Finds the handler of a request; undefined where no route fits. */
export type Router = (method: string, path: string) => Match | undefined;

/**
 * Routes by whole segments; the first fitting route wins. Paths may begin with /bigquery/v2 (what
 * clients send to `apiEndpoint`) or not (what they send to BIGQUERY_EMULATOR_HOST).
 */
export function createRouter(routes: Routes): Router {
  const table = Object.entries(routes).map(([pattern, handler]): Route => {
    const [method = '', path = ''] = pattern.split(' ');
    return { method, segments: path.split('/'), handler };
  });
  return (method, path) => {
    const segments = path.replace(/^\/bigquery\/v2(?=\/)/, '').split('/');
    for (const route of table) {
      const params = route.method === method ? fit(route.segments, segments) : undefined;
      if (params) return { handler: route.handler, params };
    }
    return undefined;
  };
}

function fit(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = decodeURIComponent(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}
