import { UserError } from '../../shared/errors';
import type { ChannelCodes } from './channel-codes';

const SLOTS = 1024;
/** How many neighbouring slots are tried. */
const WAYS = 4;
/**
 * A slot: the first four words of a channel, with masks for the last two, since fewer of their
 * bytes may belong to it; its code and its length; its spelling plus 1 (0: free).
 */
const STRIDE = 8;
const WORD_2 = 2;
const MASK_2 = 3;
const WORD_3 = 4;
const MASK_3 = 5;
const CODE_AND_LENGTH = 6;
const SPELLING = 7;
const WINDOW = 16;
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
  private readonly slots = new Int32Array((SLOTS + WAYS) * STRIDE);

  /** @param isEnd 1 for the bytes that end a channel */
  constructor(
    private readonly codes: ChannelCodes,
    readonly isEnd: Uint8Array,
  ) {}

  /**
   * The channel that stands at `from`: its code (see CODE_MASK) with its bytes above it (see
   * LENGTH_SHIFT); NOTHING where an end stands there. An end must stand somewhere behind.
   *
   * @param view a view of all of `bytes`; @param limit its length
   */
  find(bytes: Uint8Array, view: DataView, from: number, limit: number): number {
    if (from + WINDOW > limit) return this.search(bytes, from);
    const { slots } = this;
    const low = view.getInt32(from, true);
    const high = view.getInt32(from + 4, true);
    const slot = slotOf(low, high);
    const difference =
      ((slots[slot] as number) ^ low) |
      ((slots[slot + 1] as number) ^ high) |
      (((slots[slot + WORD_2] as number) ^ view.getInt32(from + 8, true)) &
        (slots[slot + MASK_2] as number)) |
      (((slots[slot + WORD_3] as number) ^ view.getInt32(from + 12, true)) &
        (slots[slot + MASK_3] as number));
    const found = slots[slot + CODE_AND_LENGTH] as number;
    const length = found >>> LENGTH_SHIFT;
    const isFound =
      difference === 0 && length <= WINDOW && this.isEnd[bytes[from + length] as number] === 1;
    return isFound ? found : this.findFurther(bytes, view, from, slot);
  }

  /** Looks at the neighbours of the first slot, and at channels that are longer than a slot. */
  private findFurther(bytes: Uint8Array, view: DataView, from: number, first: number): number {
    const { slots } = this;
    for (let slot = first; slot < first + WAYS * STRIDE; slot += STRIDE) {
      if (slots[slot + SPELLING] === 0) break;
      if (this.isAt(bytes, from, slot)) return slots[slot + CODE_AND_LENGTH] as number;
    }
    const found = this.search(bytes, from);
    if (found !== NOTHING) this.remember(first, view, from, found);
    return found;
  }

  /** Do the bytes of the slot's spelling stand at `from`, and does a channel end behind them? */
  private isAt(bytes: Uint8Array, from: number, slot: number): boolean {
    const { pool, starts, lengths } = this.codes;
    const spelling = (this.slots[slot + SPELLING] as number) - 1;
    const end = from + (lengths[spelling] as number);
    let place = starts[spelling] as number;
    for (let at = from; at < end; at += 1) {
      if (bytes[at] !== pool[place]) return false;
      place += 1;
    }
    return this.isEnd[bytes[end] as number] === 1;
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
    return this.codes.codeOf(bytes, from, at, hash) | ((at - from) << LENGTH_SHIFT);
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

function slotOf(low: number, high: number): number {
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return ((hash ^ (hash >>> 15)) & (SLOTS - 1)) * STRIDE;
}
