import { UserError } from '../../shared/errors';
import { grown } from './grown';

/** Channels that a Uint16 can tell apart. */
const MOST_CHANNELS = 65_535;

export const EMPTY_CHANNEL = 'a channel is empty; write a name on both sides of each >';

/**
 * Codes channel names that are still bytes. Every spelling (with its blanks behind) is decoded
 * once, when it is first met; after that a name costs one hash and one comparison of bytes.
 */
export class ChannelCodes {
  readonly names: string[] = [];
  private readonly codes = new Map<string, number>();
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  /** The bytes of the spellings. */
  pool = new Uint8Array(1024);
  private poolEnd = 0;
  /** Of each spelling: its place in the pool, its bytes, the code of its channel. */
  starts = new Int32Array(64);
  lengths = new Int32Array(64);
  channels = new Int32Array(64);
  /** The spelling that `codeOf` found last. */
  lastSpelling = -1;
  private hashes = new Int32Array(64);
  private spellingCount = 0;
  private slots = new Int32Array(128).fill(-1);

  /** The code of the channel that stands in `bytes` from `from` to `to`, with its `hash`. */
  codeOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { slots, hashes, starts, pool } = this;
    const mask = slots.length - 1;
    let slot = mixed(hash) & mask;
    for (;;) {
      const spelling = slots[slot] as number;
      if (spelling < 0) return this.add(bytes, from, to, hash, slot);
      if (hashes[spelling] === hash) {
        let place = starts[spelling] as number;
        if (this.lengths[spelling] === to - from) {
          let at = from;
          while (at < to && bytes[at] === pool[place]) {
            at += 1;
            place += 1;
          }
          if (at === to) {
            this.lastSpelling = spelling;
            return this.channels[spelling] as number;
          }
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const spelling = this.spellingCount;
    const code = this.codeOfName(this.decode(bytes.subarray(from, to)).trim());
    this.reserve(spelling, to - from);
    this.pool.set(bytes.subarray(from, to), this.poolEnd);
    this.starts[spelling] = this.poolEnd;
    this.lengths[spelling] = to - from;
    this.poolEnd += to - from;
    this.hashes[spelling] = hash;
    this.channels[spelling] = code;
    this.slots[slot] = spelling;
    this.lastSpelling = spelling;
    this.spellingCount += 1;
    if (2 * this.spellingCount > this.slots.length) this.rehash();
    return code;
  }

  private decode(bytes: Uint8Array): string {
    try {
      return this.decoder.decode(bytes);
    } catch {
      throw new UserError('a channel is no UTF-8; save the file as UTF-8');
    }
  }

  private codeOfName(name: string): number {
    const known = this.codes.get(name);
    if (known !== undefined) return known;
    if (name === '') throw new UserError(EMPTY_CHANNEL);
    if (this.names.length === MOST_CHANNELS) {
      throw new UserError(
        `there are more than ${MOST_CHANNELS} channels; group them before attributing`,
      );
    }
    this.codes.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  private reserve(spelling: number, length: number): void {
    if (spelling === this.hashes.length) {
      this.hashes = grown(this.hashes, 2 * spelling, Int32Array);
      this.channels = grown(this.channels, 2 * spelling, Int32Array);
      this.lengths = grown(this.lengths, 2 * spelling, Int32Array);
      this.starts = grown(this.starts, 2 * spelling, Int32Array);
    }
    if (this.poolEnd + length > this.pool.length) {
      this.pool = grown(this.pool, 2 * (this.poolEnd + length), Uint8Array);
    }
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length).fill(-1);
    for (let spelling = 0; spelling < this.spellingCount; spelling += 1) {
      let slot = mixed(this.hashes[spelling] as number) & (slots.length - 1);
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = spelling;
    }
    this.slots = slots;
  }
}

/** Low bits that depend on all of the hash. */
function mixed(hash: number): number {
  return hash ^ (hash >>> 15) ^ (hash >>> 7);
}
