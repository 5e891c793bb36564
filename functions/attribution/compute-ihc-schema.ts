import { z } from 'zod';
import { isSessionTime, parseTimestamp } from './ihc/timestamps';

const flag = z
  .union([z.literal(0), z.literal(1), z.boolean()], { error: 'must be 0 or 1' })
  .describe('0 or 1');
const id = z.string({ error: 'must be a text' }).min(1, { error: 'must not be empty' });

export const sessionSchema = z.object({
  conversion_id: id,
  session_id: id,
  timestamp: z
    .string({ error: 'must be a text' })
    .refine((text) => !Number.isNaN(parseTimestamp(text)), {
      error: 'must be a time as YYYY-MM-DD HH:MM:SS, with +ZZZZ where it is not UTC',
      abort: true,
    })
    .refine((text) => isSessionTime(parseTimestamp(text)), {
      error: 'must be a time between 1970 and 2199',
    })
    .describe("Start of the session, 'YYYY-MM-DD HH:MM:SS[ +ZZZZ]'; UTC without an offset"),
  channel_label: z
    .string({ error: 'must be a text' })
    .refine((text) => text.trim() !== '', { error: 'must not be empty' }),
  holder_engagement: flag,
  closer_engagement: flag,
  conversion: flag.describe('1 on the converting session'),
  impression_interaction: flag.nullish().describe('Accepted, and without effect'),
});

const redistributionRule = z.strictObject({
  direction: z.enum(['earlier_sessions_only', 'later_sessions_only', 'any_session'], {
    error: 'must be earlier_sessions_only, later_sessions_only or any_session',
  }),
  receive_threshold: z
    .number({ error: 'must be a number from 0 to 1' })
    .min(0, { error: 'must be a number from 0 to 1' })
    .max(1, { error: 'must be a number from 0 to 1' })
    .describe('Sessions with a smaller value in the phase receive nothing; 0 = all receive'),
  redistribution_channel_labels: z
    .array(z.string({ error: 'must be a text' }), { error: 'must be a list of channel labels' })
    .describe('Channels that give their value away; case and white space do not matter'),
});

/** Other fields of a body are passed over, but not what was meant to be the one below. */
const redistributionSlip = (body: object): string | undefined =>
  Object.keys(body).find((key) => /^re.?dist/i.test(key) && key !== 'redistribution_parameter');

const computeIhcBody = z.object({
  customer_journeys: z
    .array(sessionSchema, { error: 'must be a list of sessions' })
    .min(1, { error: 'must hold at least one session' }),
  redistribution_parameter: z
    .strictObject({
      initializer: redistributionRule.nullish(),
      holder: redistributionRule.nullish(),
      closer: redistributionRule.nullish(),
    })
    .nullish(),
});

export const computeIhcRequestSchema = z
  .looseObject(computeIhcBody.shape)
  .superRefine((body, context) => {
    const slip = redistributionSlip(body);
    if (slip !== undefined) {
      const message = 'is not known: did you mean redistribution_parameter?';
      context.addIssue({ code: 'custom', path: [slip], message });
    }
  });

const share = z.number().min(0).max(1);

export const computeIhcResponseSchema = z.object({
  statusCode: z.union([z.literal(200), z.literal(206)]),
  value: z
    .array(
      z.object({
        conversion_id: z.string(),
        session_id: z.string(),
        initializer: share,
        holder: share,
        closer: share,
        ihc: share,
      }),
    )
    .describe('One per session that belongs to its journey, in the order they were sent'),
  partialFailureErrors: z.array(
    z.object({
      trigger: z.object({ conversion_id: z.string(), session_id: z.string() }),
      reason: z.string(),
      statusCode: z.literal(206),
    }),
  ),
});

export const errorResponseSchema = z.object({
  statusCode: z.number().int().describe('The HTTP status'),
  error: z.string().describe('One sentence: what is wrong, where, what to do'),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type ComputeIhcRequest = z.infer<typeof computeIhcRequestSchema>;
export type ComputeIhcResponse = z.infer<typeof computeIhcResponseSchema>;
