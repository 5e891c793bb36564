import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from '@google-cloud/functions-framework';
import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import type { Accounts } from './activation/platforms';
import type { FunctionName, FunctionsDeps } from './create-functions';
import { createFunction, createFunctions, functionNames, functionPaths } from './create-functions';
import type { Clock } from './shared/clock';
import { systemClock } from './shared/clock';
import type { CollectorConfig } from './shared/config';
import { UserError } from './shared/errors';
import type { HttpHandler } from './shared/http';
import { answer, answerError, answerErrors } from './shared/http';
import type { Log } from './shared/log';
import { createLog } from './shared/log';
import type { Warehouse } from './warehouse/warehouse';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly warehouse: Warehouse;
  /** Keys that callers of compute_ihc, the trainers and activate send; at least one. */
  readonly apiKeys: readonly string[];
  /** Key of the hashes of IP addresses. */
  readonly hashSecret: string;
  /** Sites whose events are taken; any unless told. */
  readonly sites?: readonly string[] | 'any';
  readonly allowedOrigins?: readonly string[];
  readonly bodyLimitBytes?: number;
  readonly accounts?: Accounts;
  readonly rawDataset?: string;
  readonly dataset?: string;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface RunningFunctions {
  readonly url: string;
  readonly port: number;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

const registeredName = 'tributary';

/**
 * Serves all functions on one port of this machine (127.0.0.1), by their paths, under
 * functions-framework itself.
 *
 * @throws UserError where a secret is missing, or the port is in use
 */
export async function startFunctions(options: ServeOptions): Promise<RunningFunctions> {
  const log = options.log ?? createLog();
  const deps = toDeps(options, log);
  // Fail at once, not at the first request: the functions with secrets are made here.
  createFunction('collect', deps);
  createFunction('activate', deps);
  const router = answerErrors(createRouter(createFunctions(deps)), log);
  // The framework's testing entry is its only public way to a server that isn't a process.
  http(registeredName, router);
  const server = getTestServer(registeredName) as Server;
  answerUnreadableBodies(server, router);
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toDeps(options: ServeOptions, log: Log): FunctionsDeps {
  if (options.hashSecret === '') {
    throw new UserError('The hash secret is empty: give a random text.', { status: 503 });
  }
  const config: CollectorConfig = {
    hashSecret: options.hashSecret,
    sites: options.sites ?? 'any',
    allowedOrigins: options.allowedOrigins ?? [],
    bodyLimitBytes: options.bodyLimitBytes ?? 1_000_000,
  };
  const { rawDataset = 'raw', dataset = 'tributary' } = options;
  return {
    clock: options.clock ?? systemClock,
    log,
    warehouse: () => options.warehouse,
    collector: () => config,
    apiKeys: () => options.apiKeys,
    serverKeys: () => options.apiKeys,
    accounts: () => options.accounts ?? {},
    datasets: () => ({ rawDataset, dataset }),
  };
}

function createRouter(handlers: Readonly<Record<FunctionName, HttpHandler>>): HttpHandler {
  return async (request, response) => {
    if (request.path === '/healthz') return answer(response, 200, { status: 'ok' });
    const name = functionNames.find((known) => functionPaths[known] === request.path);
    if (name !== undefined) return handlers[name](request, response);
    const paths = Object.values(functionPaths).join(', ');
    answerError(response, 404, `Nothing is served at ${request.path}: use ${paths} or /healthz.`);
  };
}

type ErrorHandler = (
  error: { readonly type?: string; readonly body?: string },
  request: Request,
  response: Response,
  next: (error: unknown) => void,
) => void;

/**
 * The framework parses JSON before it calls a function and answers what it can't parse with a
 * page of HTML. Here such a body goes on as text, so that the function itself refuses it, in a
 * sentence, and the collector keeps it aside.
 */
function answerUnreadableBodies(server: Server, handler: HttpHandler): void {
  const [app] = server.listeners('request') as { use?(handler: ErrorHandler): void }[];
  app?.use?.((error, request, response, next) => {
    if (error.type !== 'entity.parse.failed') return next(error);
    request.body = error.body ?? '';
    request.rawBody ??= Buffer.from(error.body ?? '');
    void handler(request, response);
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? inUse(port, error) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function inUse(port: number, cause: Error): UserError {
  return new UserError(
    `Port ${port} is in use: stop what listens there, or give another one with --port.`,
    { cause },
  );
}
