import type { DestinationStream, Logger } from 'pino';
import pino from 'pino';

export type Log = Logger;

/** Cloud Logging's names for pino's levels. */
const severities: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

/** Never written, wherever a caller logs a request or an event as it came. */
const secretNames = ['email', 'phone', 'ip', 'password', 'token', 'api_key'];
const redactedPaths = [
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  ...secretNames.flatMap((name) => [name, `*.${name}`]),
];

export interface LogOptions {
  /** pino's level names; "silent" switches off. */
  readonly level?: string;
  /** Standard output unless told. */
  readonly destination?: DestinationStream;
}

/**
 * The logger of all functions: one JSON object a line, with the fields that Cloud Logging
 * reads (severity, message, time). A request's lines carry its execution id:
 * `log.child(executionLabels(id))`.
 */
export function createLog(options: LogOptions = {}): Log {
  return pino(
    {
      level: options.level ?? 'info',
      messageKey: 'message',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redactedPaths, censor: '[redacted]' },
      formatters: { level: (label) => ({ severity: severities[label] ?? 'DEFAULT' }) },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** The label under which Cloud Functions shows which lines belong to one execution. */
export function executionLabels(executionId: string | undefined): Record<string, unknown> {
  if (executionId === undefined) return {};
  return { 'logging.googleapis.com/labels': { execution_id: executionId } };
}
