import type { ModelJourneys } from '../model-journeys';

/** What came of the journeys that touched one and the same set of channels. */
export interface Coalitions {
  /** Players of the game: the codes of channels that were touched. */
  readonly players: Uint32Array;
  readonly setCount: number;
  /** Players of set s: `members` from `offsets[s]` to `offsets[s + 1]`, rising. */
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
}

/** Gathers journeys by their distinct channels; those without touches are the empty set. */
export function gatherCoalitions(journeys: ModelJourneys): Coalitions {
  const { offsets, channel } = journeys;
  const players = touchedChannels(journeys);
  const playerOf = new Int32Array(journeys.channels.length).fill(-1);
  players.forEach((code, player) => {
    playerOf[code] = player;
  });
  const table = new SetTable(Math.max(16, players.length));
  const seenAt = new Int32Array(players.length).fill(-1);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const conversions = journeys.conversions[journey] as number;
    const nulls = journeys.nulls[journey] as number;
    if (conversions + nulls === 0) continue;
    const end = offsets[journey + 1] as number;
    let count = 0;
    for (let touch = offsets[journey] as number; touch < end; touch += 1) {
      const player = playerOf[channel[touch] as number] as number;
      if (seenAt[player] === journey) continue;
      seenAt[player] = journey;
      table.draft[count] = player;
      count += 1;
    }
    table.add(count, conversions, nulls);
  }
  return { players, ...table.finish() };
}

function touchedChannels({ offsets, channel, ...journeys }: ModelJourneys): Uint32Array {
  const touched = new Uint8Array(journeys.channels.length);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (journeys.conversions[journey] === 0 && journeys.nulls[journey] === 0) continue;
    const end = offsets[journey + 1] as number;
    for (let touch = offsets[journey] as number; touch < end; touch += 1) {
      touched[channel[touch] as number] = 1;
    }
  }
  return Uint32Array.from(touched.keys()).filter((code) => touched[code] === 1);
}

/** Distinct sets, found by a hash of their members. */
class SetTable {
  /** Where the members of the next set are put, in any order. */
  readonly draft: Uint32Array;
  private readonly offsets: number[] = [0];
  private readonly members: number[] = [];
  private readonly conversions: number[] = [];
  private readonly nulls: number[] = [];
  private readonly hashes: number[] = [];
  private slots = new Int32Array(1 << 10);

  constructor(mostMembers: number) {
    this.draft = new Uint32Array(mostMembers);
  }

  add(count: number, conversions: number, nulls: number): void {
    const { draft } = this;
    sortFirst(draft, count);
    let hash = count;
    for (let place = 0; place < count; place += 1) {
      hash = Math.imul(hash ^ (draft[place] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const set = (this.slots[slot] as number) - 1;
      if (set < 0) break;
      if (this.hashes[set] === hash && this.isDraft(set, count)) {
        this.conversions[set] = (this.conversions[set] as number) + conversions;
        this.nulls[set] = (this.nulls[set] as number) + nulls;
        return;
      }
      slot = (slot + 1) & mask;
    }
    for (let place = 0; place < count; place += 1) this.members.push(draft[place] as number);
    this.offsets.push(this.members.length);
    this.conversions.push(conversions);
    this.nulls.push(nulls);
    this.slots[slot] = this.hashes.push(hash);
    if (2 * this.hashes.length > this.slots.length) this.rehash();
  }

  private isDraft(set: number, count: number): boolean {
    const from = this.offsets[set] as number;
    if ((this.offsets[set + 1] as number) - from !== count) return false;
    for (let place = 0; place < count; place += 1) {
      if (this.members[from + place] !== this.draft[place]) return false;
    }
    return true;
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length);
    this.hashes.forEach((hash, set) => {
      let slot = hash & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = set + 1;
    });
    this.slots = slots;
  }

  finish(): Omit<Coalitions, 'players'> {
    return {
      setCount: this.hashes.length,
      offsets: Uint32Array.from(this.offsets),
      members: Uint32Array.from(this.members),
      conversions: Float64Array.from(this.conversions),
      nulls: Float64Array.from(this.nulls),
    };
  }
}

/** By insertion: sets are small. */
function sortFirst(values: Uint32Array, count: number): void {
  for (let end = 1; end < count; end += 1) {
    const value = values[end] as number;
    let place = end;
    while (place > 0 && (values[place - 1] as number) > value) {
      values[place] = values[place - 1] as number;
      place -= 1;
    }
    values[place] = value;
  }
}
