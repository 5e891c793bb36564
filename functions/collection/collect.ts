import type { Request, Response } from '@google-cloud/functions-framework';
import { isKnownKey } from '../shared/auth';
import type { Clock } from '../shared/clock';
import type { CollectorConfig } from '../shared/config';
import { isUserError, UserError } from '../shared/errors';
import type { HttpHandler } from '../shared/http';
import { answer, answerError, answerErrors, readJsonBody } from '../shared/http';
import type { Log } from '../shared/log';
import { executionLabels } from '../shared/log';
import type { Warehouse } from '../warehouse/warehouse';
import type { BatchResult, Refused, Rejection } from './check-batch';
import { checkBatch, hasKnownSite } from './check-batch';
import type { EventContext } from './check-event';
import type { Json } from './clean-json';
import { cleanJson } from './clean-json';
import { allowOrigin } from './cors';
import { createEventSink } from './event-sink';
import { readBatch } from './read-batch';

export interface CollectDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: CollectorConfig;
  /** Keys of servers; their events are of source "server" and may tell the visitor's address. */
  readonly apiKeys: readonly string[];
}

/** What the collector answers. */
export interface CollectAnswer {
  readonly accepted: number;
  readonly rejected: readonly Rejection[];
  /** A sentence where events were stored without identifiers, for want of consent. */
  readonly note?: string;
}

/**
 * The collector: POST /v1/events with one event or {events: [...], sent_at?}.
 *
 * 200 with the count of accepted events and the rejected ones with their reasons; 400 where all
 * are rejected, 403 where none is of a known site, 413 beyond the body limit, 503 where the
 * warehouse did not take them: then nothing was acknowledged, and the client sends them again.
 */
export function createCollect(deps: CollectDeps): HttpHandler {
  const { clock, config, log, warehouse } = deps;
  const sink = createEventSink(warehouse, log);

  const handler: HttpHandler = async (request, response) => {
    if (request.path === '/healthz') return answer(response, 200, { status: 'ok' });
    allowOrigin(request, response, config.allowedOrigins);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    if (request.method !== 'POST') {
      response.set('Allow', 'POST');
      return answerError(response, 405, 'Events are sent with POST.');
    }
    const source = sourceOf(request, deps.apiKeys);
    const receivedAt = clock();
    const body = readBody(request, config.bodyLimitBytes);
    const batch = body.ok ? readBatch(body.json) : body;
    if (batch.ok && !hasKnownSite(batch.events, config.sites)) {
      return answerError(response, 403, 'None of the events names a site of TRIBUTARY_SITES.');
    }
    const context: EventContext = {
      source,
      receivedAt,
      sentAt: batch.ok ? batch.sentAt : undefined,
      hashSecret: config.hashSecret,
      ...(source === 'web' ? { ip: request.ip, userAgent: request.get('user-agent') } : {}),
    };
    const result = checkBatch(batch, context, config.sites);
    try {
      await sink.write({ events: result.rows, badEvents: result.badRows });
    } catch (error) {
      log.child(executionLabels(request.executionId)).error({ err: error }, 'A load failed.');
      response.set('Retry-After', '5');
      return answerError(response, 503, 'The warehouse took no events: send them again.');
    }
    answerResult(response, result);
  };
  return answerErrors(handler, log);
}

/** @throws UserError 401 for a wrong key: an event taken as another's would be worse. */
function sourceOf(request: Request, keys: readonly string[]): 'web' | 'server' {
  const key = request.get('x-api-key');
  if (key === undefined) return 'web';
  if (isKnownKey(key, keys)) return 'server';
  throw new UserError('The key in x-api-key is not one of TRIBUTARY_API_KEYS.', { status: 401 });
}

function readBody(
  request: Request,
  limitBytes: number,
): { readonly ok: true; readonly json: Json } | Refused {
  try {
    return { ok: true, json: cleanJson(readJsonBody(request, limitBytes)) };
  } catch (error) {
    if (!isUserError(error) || error.status !== 400) throw error;
    const text = typeof request.body === 'string' ? request.body : '';
    return { ok: false, reason: error.message, payload: cleanJson(text) };
  }
}

function answerResult(response: Response, result: BatchResult): void {
  const accepted = result.rows.length;
  const body: CollectAnswer = {
    accepted,
    rejected: result.rejected,
    ...(result.anonymousCount === 0
      ? {}
      : {
          note: `${result.anonymousCount} of the accepted events came without consent to analytics: they are stored without identifiers and belong to no session; send consent {"analytics": true} where the visitor agreed.`,
        }),
  };
  answer(response, accepted === 0 && result.rejected.length > 0 ? 400 : 200, body);
}
