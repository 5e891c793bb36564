import { UserError } from '../../shared/errors';
import type { ChannelCodes } from './channel-codes';
import { BLANK } from './field-reader';

const SLOTS = 4096;
/** Leaves as many of a hash's high bits as number the slots. */
const HASH_SHIFT = 20;
/** How many neighbouring slots are tried. */
const WAYS = 4;
/**
 * A slot: the first four words of a channel, with masks for the last two, since fewer of their
 * bytes may belong to it; its code and its length; its spelling plus 1 (0: free).
 */
const STRIDE = 8;
export const WORD_2 = 2;
export const MASK_2 = 3;
export const WORD_3 = 4;
export const MASK_3 = 5;
export const CODE_AND_LENGTH = 6;
const SPELLING = 7;
export const WINDOW = 16;
export const LENGTH_SHIFT = 16;
export const CODE_MASK = 0xffff;
/** Where no channel stands. */
export const NOTHING = -1;
const LONGEST = 4096;

/**
 * Finds channels by comparing words of four bytes, without a branch that hangs on a channel's
 * length: a wrongly foretold branch costs as much as ten bytes. The first 8 bytes are the key. They
 * may reach behind a short channel: then what follows is part of the key, and one channel stands
 * under several keys.
 */
export class ChannelGuesses {
  readonly slots = new Int32Array((SLOTS + WAYS) * STRIDE);

  /** @param isEnd 1 for the bytes that end a channel */
  constructor(
    private readonly codes: ChannelCodes,
    readonly isEnd: Uint8Array,
  ) {}

  /**
   * The channel that stands at `from`: its code (see CODE_MASK) with its bytes above it (see
   * LENGTH_SHIFT), without blanks behind it; NOTHING where an end stands there. An end must stand
   * somewhere behind.
   *
   * @param view a view of all of `bytes`; @param limit its length
   */
  find(bytes: Uint8Array, view: DataView, from: number, limit: number): number {
    if (from + WINDOW > limit) return this.search(bytes, from);
    const first = slotOf(view.getInt32(from, true), view.getInt32(from + 4, true));
    const known = this.findKnown(bytes, view, from, first);
    if (known !== NOTHING) return known;
    const found = this.search(bytes, from);
    if (found !== NOTHING) this.remember(first, view, from, found);
    return found;
  }

  /** The same from the slot on where it should stand; NOTHING too for what `find` has not met. */
  findKnown(bytes: Uint8Array, view: DataView, from: number, first: number): number {
    for (let slot = first; slot < first + WAYS * STRIDE; slot += STRIDE) {
      if (this.slots[slot + SPELLING] === 0) break;
      if (this.isAt(bytes, view, from, slot)) return this.slots[slot + CODE_AND_LENGTH] as number;
    }
    return NOTHING;
  }

  /** Do the bytes of the slot's spelling stand at `from`, and does a channel end behind them? */
  private isAt(bytes: Uint8Array, view: DataView, from: number, slot: number): boolean {
    const { slots } = this;
    const difference =
      ((slots[slot] as number) ^ view.getInt32(from, true)) |
      ((slots[slot + 1] as number) ^ view.getInt32(from + 4, true)) |
      (((slots[slot + WORD_2] as number) ^ view.getInt32(from + 8, true)) &
        (slots[slot + MASK_2] as number)) |
      (((slots[slot + WORD_3] as number) ^ view.getInt32(from + 12, true)) &
        (slots[slot + MASK_3] as number));
    const length = (slots[slot + CODE_AND_LENGTH] as number) >>> LENGTH_SHIFT;
    if (difference !== 0 || (length > WINDOW && !this.isRestAt(bytes, from, slot))) return false;
    let end = from + length;
    while (bytes[end] === BLANK) end += 1;
    return this.isEnd[bytes[end] as number] === 1;
  }

  /** The same for what doesn't fit into a slot. */
  private isRestAt(bytes: Uint8Array, from: number, slot: number): boolean {
    const { pool, starts, lengths } = this.codes;
    const spelling = (this.slots[slot + SPELLING] as number) - 1;
    const length = lengths[spelling] as number;
    const start = starts[spelling] as number;
    for (let place = WINDOW; place < length; place += 1) {
      if (bytes[from + place] !== pool[start + place]) return false;
    }
    return true;
  }

  /** Byte by byte. */
  private search(bytes: Uint8Array, from: number): number {
    const { isEnd } = this;
    let at = from;
    let hash = 0;
    for (let byte = bytes[at] as number; isEnd[byte] === 0; byte = bytes[at] as number) {
      hash = Math.imul(hash ^ byte, 0x01000193);
      at += 1;
    }
    if (at === from) return NOTHING;
    if (at - from > LONGEST) {
      throw new UserError(`a channel has more than ${LONGEST} bytes; is the separator a >?`);
    }
    let last = at - 1;
    while (bytes[last] === BLANK) last -= 1;
    return this.codes.codeOf(bytes, from, last + 1, hash) | ((last + 1 - from) << LENGTH_SHIFT);
  }

  /** Keeps what `search` found in the first free slot, else in the last of those that are tried. */
  private remember(first: number, view: DataView, from: number, found: number): void {
    const { slots } = this;
    const last = first + (WAYS - 1) * STRIDE;
    const length = found >>> LENGTH_SHIFT;
    let slot = first;
    while (slot < last && slots[slot + SPELLING] !== 0) slot += STRIDE;
    slots[slot] = view.getInt32(from, true);
    slots[slot + 1] = view.getInt32(from + 4, true);
    slots[slot + WORD_2] = view.getInt32(from + 8, true);
    slots[slot + MASK_2] = maskOf(length - 8);
    slots[slot + WORD_3] = view.getInt32(from + 12, true);
    slots[slot + MASK_3] = maskOf(length - 12);
    slots[slot + CODE_AND_LENGTH] = found;
    slots[slot + SPELLING] = this.codes.lastSpelling + 1;
  }
}

/** Ones for the bytes of a word that belong to a channel: the lower ones. */
function maskOf(bytes: number): number {
  if (bytes <= 0) return 0;
  return bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1;
}

/** The first slot in which a channel may stand that begins with these eight bytes. */
export function slotOf(low: number, high: number): number {
  const hash = Math.imul(low, 0x9e3779b1) + Math.imul(high, 0x85ebca6b);
  return (hash >>> HASH_SHIFT) * STRIDE;
}
