import type { EventTable } from './event-table';

/** The codes of touches before conversions, each once: a fit reads nothing of the others' rates. */
export interface CreditedCodes {
  readonly channel: Uint16Array;
  /** Age in hours. */
  readonly age: Float64Array;
  /** Conversions after this touch alone, and intent at them. */
  readonly single: Float64Array;
  readonly singleIntent: Float64Array;
  /** The table's codes, each as its place in these columns. */
  readonly places: Uint32Array;
}

export function creditedCodes({ bins, single, singleIntent, codes }: EventTable): CreditedCodes {
  const isCredited = Uint8Array.from(single, (count) => (count > 0 ? 1 : 0));
  for (const code of codes) isCredited[code] = 1;
  const placeOf = new Uint32Array(isCredited.length);
  const credited = new Uint32Array(isCredited.reduce((sum, one) => sum + one, 0));
  let place = 0;
  isCredited.forEach((one, code) => {
    if (one === 1) {
      credited[place] = code;
      placeOf[code] = place;
      place += 1;
    }
  });
  const ofBin = (of: Float64Array) =>
    Float64Array.from(credited, (code) => of[code % bins.count] as number);
  return {
    channel: Uint16Array.from(credited, (code) => Math.floor(code / bins.count)),
    age: ofBin(bins.hours),
    single: Float64Array.from(credited, (code) => single[code] as number),
    singleIntent: ofBin(singleIntent),
    places: codes.map((code) => placeOf[code] as number),
  };
}
