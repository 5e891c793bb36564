/** Keys below this are looked up in an array, others in a hash table. */
const DENSE = 1 << 22;

/** Numbers whole keys (0 to 2^53) in the order of their first appearance. */
export class Interner {
  size = 0;
  private readonly dense: Int32Array | undefined;
  private slots = new Int32Array(1 << 10);
  private keys = new Float64Array(1 << 9);

  /** @param range keys are below it */
  constructor(range: number) {
    if (range <= DENSE) this.dense = new Int32Array(range);
  }

  /** The number of a key; a new one gets `size`. */
  idOf(key: number): number {
    const { dense } = this;
    if (dense === undefined) return this.search(key);
    const known = dense[key] as number;
    if (known > 0) return known - 1;
    this.size += 1;
    dense[key] = this.size;
    return this.size - 1;
  }

  private search(key: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(key) & mask;
    for (;;) {
      const id = (this.slots[slot] as number) - 1;
      if (id < 0) break;
      if (this.keys[id] === key) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.size;
    if (id === this.keys.length) {
      this.grow();
      return this.search(key);
    }
    this.keys[id] = key;
    this.size = id + 1;
    this.slots[slot] = id + 1;
    return id;
  }

  private grow(): void {
    const keys = new Float64Array(2 * this.keys.length);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(4 * this.size);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.size; id += 1) {
      let slot = hashOf(keys[id] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = id + 1;
    }
  }
}

function hashOf(key: number): number {
  const low = key | 0;
  const high = Math.floor(key / 4294967296) | 0;
  const hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
