import * as guesses from './channel-guesses';
import * as fields from './field-reader';
import { Role } from './header';
import type { JourneyColumns } from './journey-columns';

// As constants of this file they are compiled as numbers; imported ones are looked up at each use.
const { CODE_AND_LENGTH, CODE_MASK, LENGTH_SHIFT } = guesses;
const { MASK_2, MASK_3, NOTHING, slotOf, WINDOW, WORD_2, WORD_3 } = guesses;
const { BLANK, COMMA, LINE_FEED, QUOTE, ZERO } = fields;
const { Conversions, Nulls, Value } = Role;

const ARROW = 62;
/** What mostly stands between channels, as the lower three bytes of a word. */
const BLANK_ARROW_BLANK = 0x203e20;
const THREE_BYTES = 0xffffff;
/** Two digits, a comma between them and a line feed behind, as one word; and what of it is fixed. */
const TWO_DIGITS = 0x0a002c00;
const NO_DIGITS = 0xff00ff00 | 0;

/**
 * Reads rows as most files have them: a path first, in quotes or not, then numbers and nothing else.
 * One loop with all its arrays at hand, since calls and fields cost more than the bytes: 0.1 s for a
 * million rows instead of 0.35. What it doesn't know is left to the slower reader, errors too.
 */
export class PlainRows {
  private readonly numbers = new fields.NumberReader();
  /** Numbers of a row by their role. */
  private readonly cells = new Float64Array(5);
  private readonly isKnown: boolean;

  constructor(
    private readonly roles: Uint8Array,
    private readonly names: readonly string[],
    private readonly columns: JourneyColumns,
    private readonly plain: guesses.ChannelGuesses,
    private readonly inQuotes: guesses.ChannelGuesses,
  ) {
    this.isKnown = roles[0] === Role.Path && !roles.includes(Role.Skip) && roles.length > 1;
  }

  /** The place of the first row that it doesn't know, or `end`, behind the last line feed. */
  read(bytes: Uint8Array, view: DataView, from: number, end: number): number {
    if (!this.isKnown) return from;
    const { columns, plain, inQuotes, cells, roles } = this;
    const { touches, offsets, conversions, nulls, values } = columns;
    const lastWindow = view.byteLength - WINDOW;
    const isPair = roles.length === 3;
    const firstRole = roles[1] as number;
    const secondRole = isPair ? (roles[2] as number) : Role.Skip;
    let { touchCount, journeyCount } = columns;
    let at = from;
    while (at < end) {
      const isQuoted = bytes[at] === QUOTE;
      const channels = isQuoted ? inQuotes : plain;
      const { slots, isEnd } = channels;
      let place = isQuoted ? at + 1 : at;
      let touch = touchCount;
      let follows = ARROW;
      while (follows === ARROW) {
        while (bytes[place] === BLANK) place += 1;
        if (place > lastWindow) break;
        const low = view.getInt32(place, true);
        const high = view.getInt32(place + 4, true);
        const slot = slotOf(low, high);
        const difference =
          ((slots[slot] as number) ^ low) |
          ((slots[slot + 1] as number) ^ high) |
          (((slots[slot + WORD_2] as number) ^ view.getInt32(place + 8, true)) &
            (slots[slot + MASK_2] as number)) |
          (((slots[slot + WORD_3] as number) ^ view.getInt32(place + 12, true)) &
            (slots[slot + MASK_3] as number));
        let found = slots[slot + CODE_AND_LENGTH] as number;
        const length = found >>> LENGTH_SHIFT;
        let behind = place + length;
        if (
          difference === 0 &&
          length <= WINDOW &&
          behind <= lastWindow &&
          (view.getInt32(behind, true) & THREE_BYTES) === BLANK_ARROW_BLANK
        ) {
          touches[touch] = found & CODE_MASK;
          touch += 1;
          place = behind + 3;
          continue;
        }
        while (bytes[behind] === BLANK) behind += 1;
        follows = bytes[behind] as number;
        if (difference !== 0 || length > WINDOW || isEnd[follows] === 0) {
          found = channels.findKnown(bytes, view, place, slot);
          if (found === NOTHING) break;
          behind = place + (found >>> LENGTH_SHIFT);
          while (bytes[behind] === BLANK) behind += 1;
          follows = bytes[behind] as number;
        }
        touches[touch] = found & CODE_MASK;
        touch += 1;
        place = behind + 1;
      }
      if (isQuoted && follows === QUOTE) {
        follows = bytes[place] as number;
        place += 1;
      }
      if (follows !== COMMA) break;
      const word = isPair && place <= lastWindow ? view.getInt32(place, true) : 0;
      const first = (word & 0xff) - ZERO;
      const second = ((word >>> 16) & 0xff) - ZERO;
      if (
        (word & NO_DIGITS) === TWO_DIGITS &&
        first >= 0 &&
        first <= 9 &&
        second >= 0 &&
        second <= 9
      ) {
        cells[firstRole] = first;
        cells[secondRole] = second;
        place += 4;
      } else {
        place = this.readNumbers(bytes, place - 1);
      }
      const won = cells[Conversions] as number;
      const lost = cells[Nulls] as number;
      const value = cells[Value] as number;
      if (place < 0 || won < 0 || lost < 0 || (value !== 0 && won === 0)) break;
      conversions[journeyCount] = won;
      nulls[journeyCount] = lost;
      if (value !== 0) values[journeyCount] = value;
      journeyCount += 1;
      touchCount = touch;
      offsets[journeyCount] = touchCount;
      at = place;
    }
    columns.touchCount = touchCount;
    columns.journeyCount = journeyCount;
    return at;
  }

  /** Reads the numbers behind a path into the cells; the place behind the line, or -1. */
  private readNumbers(bytes: Uint8Array, from: number): number {
    const { roles, cells, numbers } = this;
    let at = from;
    for (let column = 1; column < roles.length; column += 1) {
      if (bytes[at] !== COMMA) return -1;
      at += 1;
      const digit = (bytes[at] as number) - ZERO;
      const next = bytes[at + 1];
      if (digit >= 0 && digit <= 9 && (next === COMMA || next === LINE_FEED)) {
        cells[roles[column] as number] = digit;
        at += 1;
      } else {
        if (bytes[at] === QUOTE) return -1;
        cells[roles[column] as number] = numbers.read(bytes, at, this.names[column] as string);
        at = numbers.end;
      }
    }
    return bytes[at] === LINE_FEED ? at + 1 : -1;
  }
}
