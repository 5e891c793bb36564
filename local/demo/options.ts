import { UserError } from '@tributary/functions/shared/errors';
import { z } from 'zod';

const dayMillis = 86_400_000;

const isoDate = z.iso.date({ error: 'end must be a date like 2026-10-31' });

const moment = (name: string) =>
  z.iso.datetime({
    offset: true,
    error: `${name} must be a timestamp like 2026-09-01T00:00:00Z`,
  });

const wholeNumber = (name: string, low: number, high: number) => {
  const sentence = `${name} must be a whole number from ${low} to ${high.toLocaleString('en-US')}`;
  return z
    .number({ error: sentence })
    .refine((value) => Number.isSafeInteger(value) && value >= low && value <= high, sentence);
};

const schema = z.strictObject({
  persons: wholeNumber('persons', 1, 1_000_000).default(8000),
  days: wholeNumber('days', 1, 3650).default(90),
  seed: wholeNumber('seed', 0, Number.MAX_SAFE_INTEGER).default(20261031),
  end: isoDate.default('2026-10-31'),
  receivedFrom: moment('receivedFrom').optional(),
  receivedBefore: moment('receivedBefore').optional(),
});

/** What a user may say; all of it optional. */
export type DemoInput = z.input<typeof schema>;

export interface DemoOptions {
  readonly persons: number;
  readonly days: number;
  readonly seed: number;
  /** First moment of the period, in milliseconds. */
  readonly startsAt: number;
  /** First moment after the period. */
  readonly endsAt: number;
  /** Only rows received (for reports: ingested) at or after this moment are written. */
  readonly receivedFrom: number;
  /** Only rows received before this moment are written. */
  readonly receivedBefore: number;
}

/** Checks the options once, at the edge. Throws a UserError with one sentence per mistake. */
export function readDemoOptions(input: DemoInput = {}): DemoOptions {
  const result = schema.safeParse(input);
  if (!result.success) {
    const sentences = result.error.issues.map((issue) => issue.message);
    throw new UserError(`The demo shop can't be made: ${sentences.join('; ')}.`);
  }
  const { persons, days, seed, end, receivedFrom, receivedBefore } = result.data;
  const endsAt = Date.parse(`${end}T00:00:00Z`) + dayMillis;
  return {
    persons,
    days,
    seed,
    startsAt: endsAt - days * dayMillis,
    endsAt,
    receivedFrom: receivedFrom === undefined ? -Infinity : Date.parse(receivedFrom),
    receivedBefore: receivedBefore === undefined ? Infinity : Date.parse(receivedBefore),
  };
}
