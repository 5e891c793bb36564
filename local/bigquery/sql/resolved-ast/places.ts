import type { Location } from './expressions';

/** Lines and columns of a text: the analyzer counts bytes of UTF-8, people count characters. */
export class Places {
  private readonly bytes: Buffer;
  private readonly lines: readonly number[];
  private readonly isAscii: boolean;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
    this.isAscii = this.bytes.length === text.length;
    const lines = [0];
    this.bytes.forEach((byte, i) => {
      if (byte === NEWLINE) lines.push(i + 1);
    });
    this.lines = lines;
  }

  /** The place of a byte offset, both numbers from 1. */
  at(offset: number): Location {
    let line = this.lines.length;
    while (line > 1 && (this.lines[line - 1] as number) > offset) line--;
    const start = this.lines[line - 1] as number;
    const before = this.isAscii
      ? offset - start
      : this.bytes.toString('utf8', start, offset).length;
    return { line, column: before + 1 };
  }
}

const NEWLINE = 10;
