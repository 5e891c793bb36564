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
    for (
      let end = this.bytes.indexOf(NEWLINE);
      end >= 0;
      end = this.bytes.indexOf(NEWLINE, end + 1)
    )
      lines.push(end + 1);
    this.lines = lines;
  }

  /** The place of a byte offset, both numbers from 1. */
  at(offset: number): Location {
    let line = 1;
    let above = this.lines.length + 1;
    while (above - line > 1) {
      const middle = (line + above) >> 1;
      if ((this.lines[middle - 1] as number) > offset) above = middle;
      else line = middle;
    }
    const start = this.lines[line - 1] as number;
    const before = this.isAscii
      ? offset - start
      : this.bytes.toString('utf8', start, offset).length;
    return { line, column: before + 1 };
  }
}

const NEWLINE = 10;
