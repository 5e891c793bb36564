import type { Request, Response } from '@google-cloud/functions-framework';

/**
 * Lets browsers of the listed origins send events with credentials. Other origins get no
 * header: the browser then refuses, and the event of a plain beacon is still taken.
 */
export function allowOrigin(
  request: Request,
  response: Response,
  origins: readonly string[],
): void {
  const origin = request.get('origin');
  response.vary('Origin');
  if (origin === undefined || !origins.includes(origin)) return;
  response.set('Access-Control-Allow-Origin', origin);
  response.set('Access-Control-Allow-Credentials', 'true');
  response.set('Access-Control-Allow-Methods', 'POST');
  response.set('Access-Control-Allow-Headers', 'content-type');
  response.set('Access-Control-Max-Age', '86400');
}
