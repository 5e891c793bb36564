import { messageOf } from '../shared/errors';
import { parseNumeric, sumNumeric } from '../shared/numeric';
import type { Row, Warehouse } from '../warehouse/warehouse';
import type { Accounts, Platform } from './platforms';

/** What would be sent to one platform. */
export interface PlatformPreview {
  readonly platform: string;
  readonly api: string;
  readonly endpoint: string;
  readonly table: string;
  /** Whose credit, and of which version; a number is nothing without them. */
  readonly models: readonly { readonly model: string; readonly model_version: string }[];
  readonly row_count: number;
  readonly batch_limit: number;
  /** Number of rows of each request. */
  readonly batches: readonly number[];
  readonly values: readonly { readonly currency_code: string; readonly value_amount: string }[];
  readonly blocked: readonly { readonly reason: string; readonly row_count: number }[];
  /** The first rows as the platform's request, without secrets. */
  readonly first_request: Record<string, unknown> | null;
}

/** A platform whose table is not there. */
export interface MissingPreview {
  readonly platform: string;
  readonly table: string;
  readonly error: string;
}

export interface PreviewOptions {
  readonly warehouse: Warehouse;
  readonly accounts: Accounts;
  /** Rows shown in `first_request`. */
  readonly sampleSize: number;
}

/** Reads one platform's rows and answers what would be sent; sends nothing. */
export async function previewPlatform(
  platform: Platform,
  options: PreviewOptions,
): Promise<PlatformPreview | MissingPreview> {
  const { warehouse, accounts } = options;
  const groups = await countRows(platform, warehouse);
  if (groups === undefined) {
    return {
      platform: platform.name,
      table: platform.table,
      error: `${platform.table} is not there: run \`tributary run\`, or switch the platform on in includes/settings.js.`,
    };
  }
  const sendable = groups.filter((group) => group.blocked_reason === null);
  const rowCount = sum(sendable);
  const sample = await firstRows(platform, options);
  return {
    platform: platform.name,
    api: platform.api,
    endpoint: platform.endpoint(accounts),
    table: platform.table,
    models: distinctModels(groups),
    row_count: rowCount,
    batch_limit: platform.batchLimit,
    batches: batchSizes(rowCount, platform.batchLimit),
    values: valuesByCurrency(sendable),
    blocked: blockedByReason(groups),
    first_request: sample.length === 0 ? null : platform.requestBody(sample, accounts),
  };
}

/** Sizes of the requests that carry so many rows: [2000, 2000, 17]. */
export function batchSizes(rowCount: number, limit: number): number[] {
  const full = Math.floor(rowCount / limit);
  const rest = rowCount % limit;
  return [...Array<number>(full).fill(limit), ...(rest === 0 ? [] : [rest])];
}

async function countRows(platform: Platform, warehouse: Warehouse): Promise<Row[] | undefined> {
  try {
    return await warehouse.query(
      `SELECT blocked_reason, currency_code, model, model_version, COUNT(*) AS row_count, SUM(value_amount_base) AS value_amount FROM ${platform.table} GROUP BY blocked_reason, currency_code, model, model_version ORDER BY blocked_reason, currency_code, model, model_version`,
    );
  } catch (error) {
    // Queries over missing tables are refused with this reason, whichever table it is.
    if (/not found/i.test(messageOf(error))) return undefined;
    throw error;
  }
}

function firstRows(platform: Platform, options: PreviewOptions): Promise<Row[]> {
  return options.warehouse.query(
    `SELECT ${platform.columns.join(', ')} FROM ${platform.table} WHERE blocked_reason IS NULL ORDER BY upload_key LIMIT ${options.sampleSize}`,
  );
}

function sum(groups: readonly Row[]): number {
  return groups.reduce((total, group) => total + Number(group.row_count), 0);
}

function distinctModels(groups: readonly Row[]): PlatformPreview['models'] {
  const keys = groups.map((group) => JSON.stringify([group.model, group.model_version]));
  return [...new Set(keys)].sort().map((key) => {
    const [model, version] = JSON.parse(key) as [string, string];
    return { model, model_version: version };
  });
}

function valuesByCurrency(groups: readonly Row[]): PlatformPreview['values'] {
  const currencies = [...new Set(groups.map((group) => String(group.currency_code)))].sort();
  return currencies.map((currency) => {
    const own = groups.filter((group) => group.currency_code === currency);
    const amounts = own.map((group) => parseNumeric(String(group.value_amount ?? '0')) ?? '0');
    return { currency_code: currency, value_amount: sumNumeric(amounts) };
  });
}

function blockedByReason(groups: readonly Row[]): PlatformPreview['blocked'] {
  const reasons = groups.flatMap((group) => group.blocked_reason ?? []).map(String);
  return [...new Set(reasons)].sort().map((reason) => ({
    reason,
    row_count: sum(groups.filter((group) => group.blocked_reason === reason)),
  }));
}
