import type { PathJourneys } from './path-journeys';

/** Sums over all journeys of a file, and over those without touches (`base`). */
export class PathTotals {
  paths = 0;
  conversions = 0;
  baseConversions = 0;
  values = 0;
  baseValues = 0;
  nulls = 0;

  add({ offsets, journeyCount, conversions, nulls, values }: PathJourneys): void {
    this.paths += journeyCount;
    for (let journey = 0; journey < journeyCount; journey += 1) {
      const won = conversions[journey] as number;
      const value = values === undefined ? 0 : (values[journey] as number);
      this.conversions += won;
      this.nulls += nulls[journey] as number;
      this.values += value;
      if (offsets[journey] !== offsets[journey + 1]) continue;
      this.baseConversions += won;
      this.baseValues += value;
    }
  }
}
