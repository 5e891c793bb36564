/** Where values stand among each other, before ties are broken. */
export interface Places {
  /** Of each value: how many are smaller. */
  readonly places: Uint32Array;
  /** The values that are equal, by their place. */
  readonly equals: ReadonlyMap<number, readonly number[]>;
}

/** Sorts numbers and looks places up: sorting a million indices by a comparison takes ten times as long. */
export function placesOf(values: Float64Array): Places {
  const sorted = values.slice().sort();
  const place = placesIn(sorted);
  const places = new Uint32Array(values.length);
  const equals = new Map<number, number[]>();
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const rank = place(value);
    places[index] = rank;
    if (sorted[rank + 1] === value) {
      const members = equals.get(rank);
      if (members) members.push(index);
      else equals.set(rank, [index]);
    }
  }
  return { places, equals };
}

/**
 * The place of each value among all, from 0, smallest first; equal values go by their ties, and where
 * these are equal by their order.
 */
export function ranksOf({ places, equals }: Places, ties: Float64Array): Uint32Array {
  const ranks = places.slice();
  for (const [first, members] of equals) {
    const sortedTies = Float64Array.from(members, (index) => ties[index] as number).sort();
    const taken = new Map<number, number>();
    for (const index of members) {
      const place = placeOf(sortedTies, ties[index] as number);
      const before = taken.get(place) ?? 0;
      ranks[index] = first + place + before;
      if (sortedTies[place + 1] === ties[index]) taken.set(place, before + 1);
    }
  }
  return ranks;
}

/** Slots of the range of values, in which looking up begins. */
const MOST_SLOTS = 1 << 16;

/** `placeOf` for values that are among the sorted ones: a slot of equal width has few of them. */
function placesIn(sorted: Float64Array): (value: number) => number {
  const slots = Math.min(MOST_SLOTS, sorted.length);
  const least = sorted[0] as number;
  const perHour = slots / ((sorted.at(-1) as number) - least);
  if (!(perHour > 0 && Number.isFinite(perHour))) return (value) => placeOf(sorted, value);
  const slotOf = (value: number) => Math.min(slots - 1, Math.floor((value - least) * perHour));
  const starts = new Uint32Array(slots + 1).fill(sorted.length);
  for (let index = sorted.length - 1; index >= 0; index -= 1) {
    starts[slotOf(sorted[index] as number)] = index;
  }
  for (let slot = slots - 1; slot >= 0; slot -= 1) {
    starts[slot] = Math.min(starts[slot] as number, starts[slot + 1] as number);
  }
  return (value) => {
    const slot = slotOf(value);
    return placeOf(sorted, value, starts[slot], starts[slot + 1]);
  };
}

/** How many of the sorted numbers are below the value; the place lies from `low` to `high`. */
export function placeOf(
  sorted: Float64Array,
  value: number,
  low = 0,
  high = sorted.length,
): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
