import type { TimedJourneys } from '../models/model-journeys';

/** The journeys of one conversion type, and how they are found again in the export. */
export interface TypedJourneys {
  readonly conversionType: string;
  readonly journeys: TimedJourneys;
  /** Customer of each journey, coded from 0. */
  readonly customer: Int32Array;
  /** rowid of the first touch in the table `touches`; the others follow. */
  readonly firstRow: number;
}
