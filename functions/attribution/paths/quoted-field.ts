import { isFieldEnd, LINE_FEED, QUOTE } from './field-reader';

/** Unquotes fields into a buffer of its own, which is used again for the next one. */
export class QuotedField {
  /** The content, with a line feed behind. */
  bytes = new Uint8Array(256);
  length = 0;
  lineFeeds = 0;

  /** Reads the field whose opening quote stands at `from`: its end behind the closing quote, or -1 where `end` comes before. */
  read(source: Uint8Array, from: number, end: number): number {
    this.length = 0;
    this.lineFeeds = 0;
    let at = from + 1;
    for (; at < end; at += 1) {
      const byte = source[at] as number;
      if (byte === QUOTE) {
        if (at + 1 < end && source[at + 1] === QUOTE) at += 1;
        else break;
      }
      if (byte === LINE_FEED) this.lineFeeds += 1;
      this.push(byte);
    }
    if (at >= end - 1) return -1;
    this.push(LINE_FEED);
    return at + 1;
  }

  /** The content as a field of a line. */
  asLine(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Whether a comma or a line's end stands in the content, which would end a field there. */
  get isSeveral(): boolean {
    return this.asLine().subarray(0, -1).some(isFieldEnd);
  }

  get text(): string {
    return Buffer.from(this.bytes.subarray(0, this.length - 1)).toString();
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length] = byte;
    this.length += 1;
  }
}
