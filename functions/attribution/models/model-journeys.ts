/**
 * What the trained models read: journeys in columns, converted ones and others. Journey j has the
 * touches `offsets[j]` (included) to `offsets[j + 1]` (excluded) in the order of time; a journey
 * without touches is allowed. A path file's journeys stand for many: `conversions` and `nulls` are
 * how many ended so.
 */
export interface ModelJourneys {
  readonly journeyCount: number;
  readonly touchCount: number;
  readonly offsets: Uint32Array;
  /** Channel of each touch, an index into `channels`. */
  readonly channel: Uint16Array;
  readonly channels: readonly string[];
  /** Conversions at the end of each journey; 1 or 0 for a single person's. */
  readonly conversions: Float64Array;
  /** How often each journey ended without conversion; 0 or 1 for a single person's. */
  readonly nulls: Float64Array;
}

/** Journeys of single persons, with times and what is known of each touch. */
export interface TimedJourneys extends ModelJourneys {
  /** Hours from each touch to its journey's end: the conversion, or the end of observation. Not below 0, falling within a journey. */
  readonly hoursToEnd: Float64Array;
  /** Hours that each journey was watched, from its first touch or the window's start to its end. */
  readonly hoursObserved: Float64Array;
  /** Day of each journey's end, as days since 1970: what time splits and seasons go by. */
  readonly endDay: Int32Array;
  /** 1 where the touch held, 0 where not (engagement, as IHC reads it). */
  readonly holder: Uint8Array;
  readonly closer: Uint8Array;
}

/**
 * Credit of a model. For each journey that converted: the sum of its touches' credits and its base
 * share is 1; a journey that did not convert has zeros.
 */
export interface ModelCredits {
  /** Share of its journey's conversion that each touch earned. */
  readonly credit: Float64Array;
  /** Share of each journey's conversion that no touch earned; 0 where a model has no base. */
  readonly baseShare: Float64Array;
}

/** What a training gives beside its parameters; a model that fits nothing converges at once. */
export interface Fit<Parameters, Diagnostics> {
  readonly parameters: Parameters;
  readonly diagnostics: Diagnostics;
  readonly converged: boolean;
  /** One sentence. */
  readonly stopReason: string;
}
