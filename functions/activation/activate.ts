import type { Request } from '@google-cloud/functions-framework';
import { z } from 'zod';
import { UserError } from '../shared/errors';
import type { HttpHandler } from '../shared/http';
import { answer, answerError, answerErrors, readJsonBody, requireApiKey } from '../shared/http';
import type { Log } from '../shared/log';
import type { Warehouse } from '../warehouse/warehouse';
import type { Accounts } from './platforms';
import { platforms } from './platforms';
import { previewPlatform } from './preview';

export interface ActivateDeps {
  readonly warehouse: Warehouse;
  /** Keys that callers send as x-api-key; none refuses to start. */
  readonly apiKeys: readonly string[];
  readonly log: Log;
  readonly accounts?: Accounts;
}

const bodyLimitBytes = 100_000;
const names = platforms.map((platform) => platform.name);
const isTrue = z.union([z.boolean(), z.stringbool()]);

const requestSchema = z.strictObject({
  dry_run: isTrue.optional(),
  /** Only these platforms. */
  platforms: z.array(z.enum(names)).min(1).optional(),
  /** Rows to show of the first request of each platform. */
  sample_size: z.coerce.number().int().min(0).max(100).default(3),
});

/**
 * POST /v1/activate {dry_run: true, platforms?, sample_size?}: what would be sent to the ad
 * platforms, in batches by their limits, with the rows that are held back and why. Nothing is
 * sent: anything but a dry run is refused.
 *
 * @throws UserError at once where no key is configured
 */
export function createActivate(deps: ActivateDeps): HttpHandler {
  const handler: HttpHandler = async (request, response) => {
    if (request.method !== 'POST') {
      response.set('Allow', 'POST');
      return answerError(response, 405, 'activate takes POST.');
    }
    const options = readOptions(request);
    if (options.dry_run !== true) {
      throw new UserError(
        'Uploads are not switched on in this version: send dry_run=true to see what would be sent.',
      );
    }
    const wanted = platforms.filter(({ name }) => options.platforms?.includes(name) ?? true);
    const { warehouse, accounts = {} } = deps;
    const preview = { warehouse, accounts, sampleSize: options.sample_size };
    const previews = await Promise.all(
      wanted.map((platform) => previewPlatform(platform, preview)),
    );
    answer(response, 200, { dry_run: true, sent: 0, platforms: previews });
  };
  return answerErrors(requireApiKey(handler, deps.apiKeys), deps.log);
}

/** Options come as JSON or in the address: ?dry_run=true&platforms=meta. */
function readOptions(request: Request): z.infer<typeof requestSchema> {
  const body = readJsonBody(request, bodyLimitBytes);
  const { platforms: list, ...query } = request.query;
  const fromQuery = {
    ...query,
    ...(typeof list === 'string' ? { platforms: list.split(',') } : {}),
  };
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  const checked = requestSchema.safeParse({ ...fields, ...fromQuery });
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const where = issue?.path.join('.') || 'the body';
  throw new UserError(
    `The request is not as it should be: ${where}: ${issue?.message}; send {"dry_run": true}.`,
  );
}
