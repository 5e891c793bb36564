import { UserError } from '../../shared/errors';
import { ChannelCodes, EMPTY_CHANNEL } from './channel-codes';
import { ChannelGuesses, CODE_MASK, LENGTH_SHIFT, NOTHING } from './channel-guesses';
import { BLANK, CARRIAGE_RETURN, COMMA, LINE_FEED, QUOTE } from './field-reader';
import type { JourneyColumns } from './journey-columns';
import { QuotedField } from './quoted-field';

const ARROW = 62;

/** Reads the field of the path: channels with arrows between them, blanks around as they like. */
export class PathReader {
  private readonly codes = new ChannelCodes();
  /** Finds the channels of paths without quotes. */
  readonly plain = guesses(this.codes, [ARROW, COMMA, LINE_FEED, CARRIAGE_RETURN]);
  /** Those of paths in quotes, where none is doubled. */
  readonly inQuotes = guesses(this.codes, [ARROW, QUOTE, LINE_FEED, CARRIAGE_RETURN]);
  private readonly unquoted = guesses(this.codes, [ARROW, LINE_FEED, CARRIAGE_RETURN]);
  private readonly quoted = new QuotedField();
  /** A view of the bytes that are read. */
  view: DataView = new DataView(new ArrayBuffer(0));

  constructor(private readonly columns: JourneyColumns) {}

  /** The channels that have been met, by their codes. */
  get channels(): readonly string[] {
    return this.codes.names;
  }

  /** Must be told of new bytes before they are read. */
  setBytes(bytes: Uint8Array): void {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Adds the touches of the field at `from`; answers where it ends, or -1 where it is not whole. */
  read(bytes: Uint8Array, from: number, end: number): number {
    if (bytes[from] !== QUOTE) return this.readTouches(bytes, this.view, from, this.plain);
    const firstTouch = this.columns.touchCount;
    const close = this.readTouches(bytes, this.view, from + 1, this.inQuotes);
    if (bytes[close] !== QUOTE) {
      throw new UserError('the path goes over several lines; close its quote on the same line');
    }
    if (bytes[close + 1] !== QUOTE) return close + 1;
    this.columns.touchCount = firstTouch;
    return this.readEscaped(bytes, from, end);
  }

  /** A path with doubled quotes in it. */
  private readEscaped(bytes: Uint8Array, from: number, end: number): number {
    const at = this.quoted.read(bytes, from, end);
    if (at < 0) return at;
    const content = this.quoted.bytes.subarray(0, this.quoted.length);
    const view = new DataView(content.buffer, 0, content.length);
    const close = this.readTouches(content, view, 0, this.unquoted);
    if (close !== content.length - 1) {
      throw new UserError('the path goes over several lines; close its quote on the same line');
    }
    return at;
  }

  private readTouches(
    bytes: Uint8Array,
    view: DataView,
    from: number,
    channels: ChannelGuesses,
  ): number {
    const { columns } = this;
    const limit = view.byteLength;
    let { touches, touchCount } = columns;
    let at = from;
    for (;;) {
      while (bytes[at] === BLANK) at += 1;
      const found = channels.find(bytes, view, at, limit);
      if (found === NOTHING) {
        // A doubled quote begins a channel; who called sees that there is more.
        if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) break;
        if (bytes[at] === ARROW || touchCount > columns.touchCount) {
          throw new UserError(EMPTY_CHANNEL);
        }
        break;
      }
      if (touchCount === touches.length) touches = columns.growTouches();
      touches[touchCount] = found & CODE_MASK;
      touchCount += 1;
      at += found >>> LENGTH_SHIFT;
      while (bytes[at] === BLANK) at += 1;
      if (bytes[at] !== ARROW) break;
      at += 1;
    }
    columns.touchCount = touchCount;
    return at;
  }
}

function guesses(codes: ChannelCodes, ends: readonly number[]): ChannelGuesses {
  const isEnd = Uint8Array.from({ length: 256 }, (_, byte) => (ends.includes(byte) ? 1 : 0));
  return new ChannelGuesses(codes, isEnd);
}
