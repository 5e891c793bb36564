import { z } from 'zod';
import { UserError } from './errors';

/**
 * The one place that reads the environment. Each function reads only the section it needs,
 * once, when it starts; a missing secret refuses the start and names the variable.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface WarehouseConfig {
  readonly projectId: string;
  /** The dataset that functions write. */
  readonly rawDataset: string;
  /** The dataset of the models; unqualified names in queries mean it. */
  readonly dataset: string;
  readonly location: string;
  /** Base URL of a local BigQuery; absent only where TRIBUTARY_CLOUD=1 allows the cloud. */
  readonly apiEndpoint?: string;
  /** Bucket that EXPORT DATA writes to. */
  readonly exportBucket: string;
  /** Folder that stands for gs:// on this machine; without it, exports are downloaded. */
  readonly exportDir?: string;
}

export interface CollectorConfig {
  /** Key of the hashes of IP addresses. */
  readonly hashSecret: string;
  /** Sites whose events are taken; 'any' on a laptop, or where the user said so with "*". */
  readonly sites: readonly string[] | 'any';
  /** Origins that browsers may send from, exactly as they write them. */
  readonly allowedOrigins: readonly string[];
  readonly bodyLimitBytes: number;
}

const name = z.string().trim().min(1);
const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));
const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .optional()
  .transform((text) => text === '1' || text === 'true');
const secret = z.string().min(16);

const warehouseEnvironment = z.object({
  TRIBUTARY_PROJECT: name.optional(),
  GOOGLE_CLOUD_PROJECT: name.optional(),
  TRIBUTARY_RAW_DATASET: name.default('raw'),
  TRIBUTARY_DATASET: name.default('tributary'),
  TRIBUTARY_LOCATION: name.default('EU'),
  TRIBUTARY_EXPORT_BUCKET: name.optional(),
  TRIBUTARY_EXPORT_DIR: name.optional(),
  TRIBUTARY_CLOUD: flag,
  BIGQUERY_EMULATOR_HOST: name.optional(),
});

/** @throws UserError where the project is missing, or the cloud would be reached unasked. */
export function readWarehouseConfig(env: Environment = process.env): WarehouseConfig {
  const values = parse(warehouseEnvironment, env);
  const endpoint = values.BIGQUERY_EMULATOR_HOST;
  if (endpoint === undefined && !values.TRIBUTARY_CLOUD) {
    throw new UserError(
      'No BigQuery endpoint is set: set BIGQUERY_EMULATOR_HOST to the address that `tributary serve` prints, or TRIBUTARY_CLOUD=1 to use BigQuery in the cloud.',
      { status: 503 },
    );
  }
  const projectId = values.TRIBUTARY_PROJECT ?? values.GOOGLE_CLOUD_PROJECT;
  if (projectId === undefined) {
    throw new UserError(
      'No project is set: set TRIBUTARY_PROJECT to the BigQuery project id (tributary-local on a laptop).',
      { status: 503 },
    );
  }
  return {
    projectId,
    rawDataset: values.TRIBUTARY_RAW_DATASET,
    dataset: values.TRIBUTARY_DATASET,
    location: values.TRIBUTARY_LOCATION,
    exportBucket: values.TRIBUTARY_EXPORT_BUCKET ?? `${projectId}-tributary-exports`,
    ...(endpoint === undefined ? {} : { apiEndpoint: withProtocol(endpoint) }),
    ...(values.TRIBUTARY_EXPORT_DIR === undefined
      ? {}
      : { exportDir: values.TRIBUTARY_EXPORT_DIR }),
  };
}

const collectorEnvironment = z.object({
  TRIBUTARY_HASH_SECRET: secret,
  TRIBUTARY_SITES: list.optional(),
  TRIBUTARY_ALLOWED_ORIGINS: list.default([]),
  TRIBUTARY_BODY_LIMIT_BYTES: z.coerce.number().int().positive().default(1_000_000),
});

/** @throws UserError where the hash secret or the list of sites is missing. */
export function readCollectorConfig(env: Environment = process.env): CollectorConfig {
  const values = parse(collectorEnvironment, env);
  const sites = values.TRIBUTARY_SITES ?? [];
  if (sites.length === 0) {
    throw new UserError(
      'TRIBUTARY_SITES is not set: list the site ids whose events are taken, separated by commas, or "*" to take any.',
      { status: 503 },
    );
  }
  return {
    hashSecret: values.TRIBUTARY_HASH_SECRET,
    sites: sites.includes('*') ? 'any' : sites,
    allowedOrigins: values.TRIBUTARY_ALLOWED_ORIGINS,
    bodyLimitBytes: values.TRIBUTARY_BODY_LIMIT_BYTES,
  };
}

const apiEnvironment = z.object({ TRIBUTARY_API_KEYS: list.pipe(z.array(secret).min(1)) });

/** The keys that callers send as x-api-key. @throws UserError where there is none. */
export function readApiKeys(env: Environment = process.env): readonly string[] {
  return parse(apiEnvironment, env).TRIBUTARY_API_KEYS;
}

/** As `readApiKeys`, for functions that work without keys too: none where none is set. */
export function readOptionalApiKeys(env: Environment = process.env): readonly string[] {
  return env.TRIBUTARY_API_KEYS === undefined ? [] : readApiKeys(env);
}

/** The accounts that uploads go to, where the environment names them. */
export function readAccounts(env: Environment = process.env): {
  readonly googleAdsCustomerId?: string;
  readonly metaPixelId?: string;
} {
  const { TRIBUTARY_GOOGLE_ADS_CUSTOMER_ID: customer, TRIBUTARY_META_PIXEL_ID: pixel } = env;
  return {
    ...(customer ? { googleAdsCustomerId: customer } : {}),
    ...(pixel ? { metaPixelId: pixel } : {}),
  };
}

/** pino's level name. */
export function readLogLevel(env: Environment = process.env): string {
  const levels = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
  return parse(z.object({ TRIBUTARY_LOG_LEVEL: levels.default('info') }), env).TRIBUTARY_LOG_LEVEL;
}

/** The function this process was started for; undefined where it serves none or several. */
export function readFunctionTarget(
  env: Environment = process.env,
  argv: readonly string[] = process.argv,
): string | undefined {
  const option = argv.find((argument) => argument.startsWith('--target='));
  return option?.slice('--target='.length) ?? env.FUNCTION_TARGET;
}

/** The warehouse folder that the environment names, for the command line. */
export function readWarehouseDir(env: Environment = process.env): string | undefined {
  return parse(z.object({ TRIBUTARY_WAREHOUSE: name.optional() }), env).TRIBUTARY_WAREHOUSE;
}

function withProtocol(host: string): string {
  const url = /^https?:\/\//.test(host) ? host : `http://${host}`;
  return url.replace(/\/+$/, '');
}

const mends: Readonly<Record<string, string>> = {
  TRIBUTARY_HASH_SECRET: 'set it to a random text of at least 16 characters',
  TRIBUTARY_API_KEYS:
    'set it to one or more random texts of at least 16 characters, separated by commas',
};

function parse<T>(schema: z.ZodType<T>, env: Environment): T {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const variable = String(issue?.path[0] ?? 'The environment');
  const problem = env[variable] === undefined ? 'is not set' : 'has a value that does not serve';
  // Never the value itself: it may be a secret.
  const mend = mends[variable] ?? issue?.message.toLowerCase() ?? 'see functions/shared/config.ts';
  throw new UserError(`${variable} ${problem}: ${mend}.`, { status: 503 });
}
