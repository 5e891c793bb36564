import type { ModelJourneys } from '../models/model-journeys';

/** Journeys of a path file: each line is one, standing for as many as its counts say. */
export interface PathJourneys extends ModelJourneys {
  /** Value of all conversions of each line, in the file's own unit; absent without the column. */
  readonly values?: Float64Array;
}
