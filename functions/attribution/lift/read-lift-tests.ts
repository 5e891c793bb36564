import type { Row, Warehouse } from '../../warehouse/warehouse';
import type { TimedJourneys } from '../models/model-journeys';
import { type LiftTest, liftTestProblem } from './lift-test';

/** A row of stg_imports__lift_tests; days since 1970. */
interface StagedLiftTest extends Row {
  readonly conversion_type: string;
  readonly channel: string;
  readonly start_day: number;
  readonly end_day: number;
  /** NUMERIC. */
  readonly incremental_conversion_count: string;
  readonly standard_error: number;
  readonly population: number | null;
}

/** Tests of one conversion type that its journeys can answer, and a sentence on each other one. */
export interface UsableTests {
  readonly tests: readonly LiftTest[];
  readonly refusals: readonly string[];
}

/**
 * The lift tests by conversion type.
 *
 * @param persons population of tests that name none: they were of everybody
 */
export async function readLiftTests(
  warehouse: Warehouse,
  dataset: string,
  persons: number,
): Promise<ReadonlyMap<string, readonly LiftTest[]>> {
  const rows = await warehouse.query<StagedLiftTest>(
    `SELECT conversion_type, channel, UNIX_DATE(start_date) AS start_day, UNIX_DATE(end_date) AS end_day,
  incremental_conversion_count, standard_error, population
FROM \`${dataset}\`.stg_imports__lift_tests ORDER BY lift_test_id`,
  );
  const byType = new Map<string, LiftTest[]>();
  for (const row of rows) {
    const test: LiftTest = {
      channel: row.channel,
      startDay: Number(row.start_day),
      endDay: Number(row.end_day),
      incrementalConversions: Number(row.incremental_conversion_count),
      standardError: Number(row.standard_error),
      population: Number(row.population ?? persons),
    };
    const known = byType.get(row.conversion_type);
    if (known) known.push(test);
    else byType.set(row.conversion_type, [test]);
  }
  return byType;
}

/** Keeps apart what journeys can't answer: other channels, other days, numbers that are none. */
export function usableTests(tests: readonly LiftTest[], journeys: TimedJourneys): UsableTests {
  const { first, last } = endDays(journeys);
  const problemOf = (test: LiftTest) =>
    liftTestProblem(test, journeys.channels) ??
    (test.startDay < first || test.endDay > last
      ? `is not within the days of the journeys, ${day(first)} to ${day(last)}; give a test of these days.`
      : undefined);
  const usable: LiftTest[] = [];
  const refusals: string[] = [];
  for (const test of tests) {
    const problem = problemOf(test);
    if (problem === undefined) usable.push(test);
    else {
      const days = `${day(test.startDay)} to ${day(test.endDay)}`;
      refusals.push(`The lift test of channel "${test.channel}", ${days}, ${problem}`);
    }
  }
  return { tests: usable, refusals };
}

/** First day on which a conversion was seen, and last day on which journeys were watched. */
function endDays({ journeyCount, endDay, conversions }: TimedJourneys) {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const end = endDay[journey] as number;
    if ((conversions[journey] as number) > 0) first = Math.min(first, end);
    last = Math.max(last, end);
  }
  return { first, last };
}

function day(sinceEpoch: number): string {
  const time = new Date(sinceEpoch * 86_400_000);
  return Number.isNaN(time.getTime()) ? 'never' : time.toISOString().slice(0, 10);
}
