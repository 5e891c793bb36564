/** Rows of journeys as they were read, one array per column; strings are coded by dictionary. */
export interface JourneyColumns {
  readonly rowCount: number;
  /** Journey of each row, an index into `journeyIds`. */
  readonly journey: Int32Array;
  readonly journeyIds: readonly string[];
  /** Session id of each row, or a number that stands for it. */
  readonly sessionIds: readonly (string | number)[];
  /** Start of each session in microseconds since 1970, UTC; NaN where it is missing. */
  readonly time: Float64Array;
  /** Channel of each row, an index into `channels`; -1 where it is missing. */
  readonly channel: Int32Array;
  readonly channels: readonly string[];
  /** 1 where the session holds, 0 where not. */
  readonly holder: Uint8Array;
  readonly closer: Uint8Array;
  /** 1 on the converting session; absent where each journey's last session converts. */
  readonly conversion?: Uint8Array;
}

/**
 * Journeys in columns: journey j is the sessions `offsets[j]` (included) to `offsets[j + 1]`
 * (excluded), sorted by time, ties in input order; its last session converts.
 */
export interface Journeys {
  readonly journeyCount: number;
  readonly sessionCount: number;
  readonly offsets: Uint32Array;
  /** Microseconds since 1970, UTC. */
  readonly time: Float64Array;
  readonly channel: Int32Array;
  readonly channels: readonly string[];
  readonly holder: Uint8Array;
  readonly closer: Uint8Array;
  /** The input row of each session. */
  readonly row: Uint32Array;
}

export const MICROSECONDS_PER_HOUR = 3_600_000_000;

/** Hours between two sessions of one journey, by their positions in the columns. */
export function hoursBetween(time: Float64Array, earlier: number, later: number): number {
  return ((time[later] as number) - (time[earlier] as number)) / MICROSECONDS_PER_HOUR;
}

/** Names of the channels that sessions of the journeys have, in the order of `channels`. */
export function channelsMet({ channel, channels }: Journeys): string[] {
  const met = new Set(channel);
  return channels.filter((_, code) => met.has(code));
}

/** The journeys at `indices`, in that order; an index may come more than once. */
export function selectJourneys(journeys: Journeys, indices: Uint32Array): Journeys {
  const { offsets } = journeys;
  const selectedOffsets = new Uint32Array(indices.length + 1);
  for (let index = 0; index < indices.length; index += 1) {
    const journey = indices[index] as number;
    const length = (offsets[journey + 1] as number) - (offsets[journey] as number);
    selectedOffsets[index + 1] = (selectedOffsets[index] as number) + length;
  }
  const sessionCount = selectedOffsets[indices.length] as number;
  const selected = {
    time: new Float64Array(sessionCount),
    channel: new Int32Array(sessionCount),
    holder: new Uint8Array(sessionCount),
    closer: new Uint8Array(sessionCount),
    row: new Uint32Array(sessionCount),
  };
  for (let index = 0; index < indices.length; index += 1) {
    const journey = indices[index] as number;
    const from = offsets[journey] as number;
    const to = offsets[journey + 1] as number;
    let target = selectedOffsets[index] as number;
    for (let session = from; session < to; session += 1, target += 1) {
      selected.time[target] = journeys.time[session] as number;
      selected.channel[target] = journeys.channel[session] as number;
      selected.holder[target] = journeys.holder[session] as number;
      selected.closer[target] = journeys.closer[session] as number;
      selected.row[target] = journeys.row[session] as number;
    }
  }
  return {
    journeyCount: indices.length,
    sessionCount,
    offsets: selectedOffsets,
    channels: journeys.channels,
    ...selected,
  };
}
