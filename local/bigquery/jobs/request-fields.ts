import { z } from 'zod';

/** Fields that a request may carry and that change nothing here, each with its reason. */
export type HarmlessFields = Readonly<Record<string, string>>;

/**
 * The schema of a request's object: the fields of `shape` are honoured, those of `harmless` are
 * left out, and any other field that says something is refused by name. Never ignored in silence.
 */
export function requestObject<S extends z.ZodRawShape>(shape: S, harmless: HarmlessFields = {}) {
  const known = new Set([...Object.keys(shape), ...Object.keys(harmless)]);
  const refuseOthers = z.record(z.string(), z.unknown()).superRefine((value, context) => {
    for (const [name, given] of Object.entries(value)) {
      if (known.has(name) || saysNothing(given)) continue;
      context.addIssue({ code: 'custom', path: [name], message: UNSUPPORTED });
    }
  });
  return refuseOthers.pipe(z.object(shape));
}

/** Whole numbers, which the API writes as texts where they may be large. */
export const wholeNumber = z.coerce.number().int().nonnegative();

export const labels = z.record(z.string(), z.string());

/** Marks the issues of fields that BigQuery has and the local one has not. */
export const UNSUPPORTED = 'is not supported by the local BigQuery';

/** BigQuery's defaults: a client that writes them out asks for nothing. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (value === '' || value === 0 || value === '0') return true;
  if (typeof value === 'string') return value.endsWith('_UNSPECIFIED');
  return typeof value === 'object' && Object.values(value).every(saysNothing);
}
