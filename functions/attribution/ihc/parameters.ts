import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../shared/errors';

/** Of the file's format, not of a training: raised when an older reader would misread a file. */
export const PARAMETERS_FORMAT_VERSION = 1;

/** Some writers put numbers in quotes: "52.7" is 52.7. */
const numeric = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) =>
      typeof value === 'string' && /^\s*-?\d+(\.\d+)?(e-?\d+)?\s*$/i.test(value)
        ? Number(value)
        : value,
    schema,
  );

/** Beyond these, sums and products of doubles would overflow or vanish, and credit with them. */
const LARGEST = 1e9;
const SMALLEST_SUM = 1e-9;

const upTo = { error: `must be ${LARGEST} at most` };
const weight = numeric(
  z
    .number({ error: 'must be a number' })
    .min(0, { error: 'must not be negative' })
    .max(LARGEST, upTo)
    .describe('A weight, 0 or more'),
);
const knots = { error: 'needs at least one knot' };
const hours = z
  .array(
    numeric(
      z
        .number({ error: 'must be a number' })
        .min(0, { error: 'must not be negative' })
        .max(LARGEST, upTo),
    ),
  )
  .min(1, knots);
const share = { error: 'must be a number from 0 to 1' };
const membership = z.array(numeric(z.number(share).min(0, share).max(1, share))).min(1, knots);

const neverFalls = (values: readonly number[]) =>
  values.every((value, index) => index === 0 || value >= (values[index - 1] as number));

const initializerCurve = z
  .object({ gap_hours: hours, membership })
  .refine((curve) => curve.gap_hours.length === curve.membership.length, {
    error: 'needs as many gap_hours as membership values',
  })
  .refine((curve) => neverFalls(curve.gap_hours), {
    error: 'has gap_hours that fall; sort its knots by gap_hours',
  });

const closerCurve = z
  .object({ hours_to_conversion: hours, membership })
  .refine((curve) => curve.hours_to_conversion.length === curve.membership.length, {
    error: 'needs as many hours_to_conversion as membership values',
  })
  .refine((curve) => neverFalls(curve.hours_to_conversion), {
    error: 'has hours_to_conversion that fall; sort its knots by hours_to_conversion',
  });

const phaseWeights = z
  .object({ initializer: weight, holder: weight, closer: weight })
  .refine((weights) => weights.initializer + weights.holder + weights.closer > SMALLEST_SUM, {
    error: 'sum to 0; at least one phase needs a weight above 0',
  });

/** Parameters of IHC for one conversion type, as they stand in a JSON file. */
export const ihcParametersSchema = z.object({
  format_version: z.literal(PARAMETERS_FORMAT_VERSION).optional(),
  model_version: z.string().min(1).optional(),
  conversion_type: z.string().min(1).optional(),
  trained_at: z.string().optional(),
  phase_weights: phaseWeights,
  /** A gap of so many hours or more starts the journey anew; null or absent: never. */
  reset_gap_hours: numeric(
    z
      .number({ error: 'must be a number of hours, or null for no reset' })
      .positive({ error: 'must be above 0' })
      .max(LARGEST, { error: `${upTo.error}; null is no reset` })
      .nullish(),
  ),
  initializer_curve: initializerCurve,
  closer_curve: closerCurve,
  channel_weights: z.record(
    z.string(),
    z.object({ initializer: weight, holder: weight, closer: weight }),
  ),
  diagnostics: z.unknown().optional(),
});

export type IhcParameters = z.infer<typeof ihcParametersSchema>;
export type PhaseWeights = IhcParameters['phase_weights'];

/**
 * Parameters from a parsed JSON value.
 *
 * @param where names the source in the error, such as the file's path
 * @throws UserError with one sentence on the first thing that is wrong
 */
export function parseParameters(value: unknown, where: string): IhcParameters {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(
      `${where} holds no IHC parameters but ${Array.isArray(value) ? 'a list' : String(value)}; write it with \`tributary train\`.`,
    );
  }
  refuseOtherVersions(value, where);
  refuseHiddenChannel(value, where);
  const result = ihcParametersSchema.safeParse({ ...value, format_version: undefined });
  if (result.success) {
    return 'format_version' in value
      ? { format_version: PARAMETERS_FORMAT_VERSION, ...result.data }
      : result.data;
  }
  const issue = result.error.issues[0];
  throw new UserError(
    `${where} holds no usable IHC parameters: ${issue?.path.join('.')} ${sentenceOf(issue?.message)}.`,
  );
}

/** The name of every object's parent: objects that are made of the weights would lose it. */
function refuseHiddenChannel(value: object, where: string): void {
  const { channel_weights } = value as { channel_weights?: unknown };
  if (channel_weights instanceof Object && Object.hasOwn(channel_weights, '__proto__')) {
    throw new UserError(
      `${where} has weights of a channel named __proto__, which can't be kept; give the channel another name, here and in the journeys.`,
    );
  }
}

/** Some write the version under the shorter name: it means the same. */
function refuseOtherVersions(value: object, where: string): void {
  const { format_version, version } = value as { format_version?: unknown; version?: unknown };
  for (const given of [format_version, version]) {
    if (given !== undefined && Number(given) !== PARAMETERS_FORMAT_VERSION) {
      throw new UserError(
        `${where} has parameters of format version ${JSON.stringify(given)}, and this Tributary reads version ${PARAMETERS_FORMAT_VERSION}; train anew, or use the Tributary that wrote them.`,
      );
    }
  }
}

function sentenceOf(message = 'is not as it should be'): string {
  if (/received undefined$/.test(message)) return 'is missing';
  return /^(must|needs|has|is|sum) /.test(message) ? message : `is wrong (${message})`;
}

/**
 * 'ihc-' and a short hash of what decides scores, and of the conversion type: equal parameters
 * have equal versions, whenever they were trained.
 */
export function modelVersionOf(parameters: IhcParameters, conversionType: string): string {
  const channels = Object.entries(parameters.channel_weights)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([channel, weights]) => [channel, weights.initializer, weights.holder, weights.closer]);
  const { phase_weights, initializer_curve, closer_curve } = parameters;
  const content = JSON.stringify([
    conversionType,
    [phase_weights.initializer, phase_weights.holder, phase_weights.closer],
    parameters.reset_gap_hours ?? null,
    [initializer_curve.gap_hours, initializer_curve.membership],
    [closer_curve.hours_to_conversion, closer_curve.membership],
    channels,
  ]);
  return `ihc-${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
}
