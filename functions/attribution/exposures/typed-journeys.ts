import type { TimedJourneys } from '../models/model-journeys';

/** The journeys of one conversion type, and how they are found again in the export. */
export interface TypedJourneys {
  readonly conversionType: string;
  readonly journeys: TimedJourneys;
  /** Customer of each journey, coded from 0. */
  readonly customer: Uint32Array;
  /** Until when journeys of all types were watched, UTC; ISO 8601. */
  readonly watchedUntil: string;
  /** rowid of each touch in the table `exposures`. */
  readonly touchRow: Uint32Array;
}
