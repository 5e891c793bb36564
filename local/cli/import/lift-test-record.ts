import { parseNumeric } from '@tributary/functions/shared/numeric';
import { isDate } from '@tributary/functions/shared/time';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import { z } from 'zod';

/** Other names of columns, as test reports have them. */
const aliases: Readonly<Record<string, string>> = {
  channel_label: 'channel',
  start: 'start_date',
  end: 'end_date',
  incremental_conversions: 'incremental_conversion_count',
  name: 'lift_test_name',
};

/** What any cell of a table file is, as text; undefined where it is empty. */
const cell = z
  .union([z.string(), z.number(), z.null()], { error: 'must be a single value' })
  .optional()
  .transform((value) => (value == null ? undefined : String(value).trim() || undefined));

const needed = (sentence: string) => cell.pipe(z.string({ error: sentence }));

const date = needed('must be a day as YYYY-MM-DD')
  .transform((text) => text.replace(/[T ]00:00:00.*$/, ''))
  .refine(isDate, { error: 'must be a day as YYYY-MM-DD' });

const numeric = (sentence: string, isRight: (value: number) => boolean = () => true) =>
  needed(sentence)
    .transform((text) => parseNumeric(text))
    .refine((value) => value !== undefined && isRight(Number(value)), { error: sentence });

const recordSchema = z
  .object({
    lift_test_name: cell,
    conversion_type: cell,
    channel: needed('must name the channel as the reports do'),
    start_date: date,
    end_date: date,
    incremental_conversion_count: numeric('must be the number of conversions that were added'),
    standard_error: numeric('must be a number above 0', (value) => value > 0),
    population: cell
      .refine((text) => text === undefined || /^[1-9]\d{0,14}$/.test(text), {
        error: 'must be a whole number of persons above 0, or empty for everybody',
      })
      .transform((text) => (text === undefined ? null : Number(text))),
  })
  .refine(({ start_date, end_date }) => start_date <= end_date, {
    path: ['end_date'],
    error: 'must not be before start_date',
  });

export type CheckedLiftTest =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly reason: string; readonly column: string };

/** The columns of a header by the names that are read. */
export const namesOf = (columns: readonly string[]): string[] =>
  columns.map((name) => aliases[name] ?? name);

/**
 * A record as a row of raw.lift_tests without ingested_at, or what is wrong with it.
 *
 * @param defaultType conversion type of a record without one
 * @param knownTypes the conversion types of the settings
 */
export function readLiftTest(
  values: Readonly<Record<string, unknown>>,
  defaultType: string | undefined,
  knownTypes: readonly string[],
): CheckedLiftTest {
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [aliases[name] ?? name, value]),
  );
  const read = recordSchema.safeParse(named);
  if (!read.success) {
    const issue = read.error.issues[0];
    const column = String(issue?.path[0] ?? '');
    return { ok: false, reason: `${column} ${issue?.message}`, column };
  }
  const { lift_test_name = null, conversion_type = defaultType, ...rest } = read.data;
  if (conversion_type === undefined || !knownTypes.includes(conversion_type)) {
    const of = conversion_type === undefined ? '' : `, not ${conversion_type}`;
    const reason = `conversion_type must be one of ${knownTypes.join(', ')}${of}`;
    return { ok: false, reason, column: 'conversion_type' };
  }
  return { ok: true, row: { lift_test_name, conversion_type, ...rest } as Row };
}
