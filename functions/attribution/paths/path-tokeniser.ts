import { UserError } from '../../shared/errors';
import {
  CARRIAGE_RETURN,
  COMMA,
  endOfField,
  isFieldEnd,
  LINE_FEED,
  NumberReader,
  noNumber,
  QUOTE,
} from './field-reader';
import { Role } from './header';
import { JourneyColumns } from './journey-columns';
import type { PathJourneys } from './path-journeys';
import { PathReader } from './path-reader';
import { PlainRows } from './plain-rows';
import { QuotedField } from './quoted-field';

/**
 * Turns the bytes of a path file into columns; no row and no touch becomes a string. The first line
 * (the header) is not its business. Errors are UserErrors without place: `line` says where.
 */
export class PathTokeniser {
  /** The line that is read: the header is line 1. */
  line = 2;
  private readonly columns: JourneyColumns;
  private readonly paths: PathReader;
  private readonly plain: PlainRows;
  private readonly quoted = new QuotedField();
  private fieldEnd = 0;
  private readonly numbers = new NumberReader();

  /**
   * @param roles what each column holds
   * @param names the columns' names, for messages
   * @param byteCount bytes of the file, 0 where that is not known
   */
  constructor(
    private readonly roles: Uint8Array,
    private readonly names: readonly string[],
    byteCount: number,
  ) {
    this.columns = new JourneyColumns(byteCount);
    this.paths = new PathReader(this.columns);
    this.plain = new PlainRows(roles, names, this.columns, this.paths.plain, this.paths.inQuotes);
  }

  /**
   * Reads the rows from `from` to `end`, where a line feed must stand last; answers the place
   * behind the last whole row (a quoted field may hold the last line feed).
   */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.paths.setBytes(bytes);
    this.columns.reserve(end - from);
    let at = from;
    while (at < end) {
      at = this.readPlain(bytes, at, end);
      if (at === end) break;
      const next = this.readRow(bytes, at, end);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  private readPlain(bytes: Uint8Array, from: number, end: number): number {
    const before = this.columns.journeyCount;
    try {
      return this.plain.read(bytes, this.paths.view, from, end);
    } finally {
      this.line += this.columns.journeyCount - before;
    }
  }

  /** The journeys so far, in arrays that the next bytes may change. */
  get journeys(): PathJourneys {
    return this.columns.finish(this.paths.channels, this.roles.includes(Role.Value));
  }

  /** Forgets the journeys so far. */
  clear(): void {
    this.columns.clear();
  }

  /** The place behind the row, or -1 where it is not whole. */
  private readRow(bytes: Uint8Array, from: number, end: number): number {
    const { roles, columns } = this;
    let at = from;
    if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1;
    if (bytes[at] === LINE_FEED) {
      this.line += 1;
      return at + 1;
    }
    const firstTouch = columns.touchCount;
    let conversions = 0;
    let nulls = 0;
    let value = 0;
    for (let column = 0; column < roles.length; column += 1) {
      const role = roles[column] as number;
      if (role === Role.Path) {
        at = this.paths.read(bytes, at, end);
      } else if (role === Role.Skip) {
        at = this.skip(bytes, at, end);
      } else {
        const number = this.readNumber(bytes, at, end, column);
        at = this.fieldEnd;
        if (role === Role.Conversions) conversions = number;
        else if (role === Role.Nulls) nulls = number;
        else value = number;
      }
      if (at < 0) {
        columns.touchCount = firstTouch;
        return -1;
      }
      at = this.endColumn(bytes, at, column);
    }
    if (conversions < 0 || nulls < 0) {
      throw new UserError('a count is below 0; give each path how often it ended so');
    }
    if (value !== 0 && conversions === 0) {
      throw new UserError('there is a value without a conversion; set one of both right');
    }
    columns.push(conversions, nulls, value);
    this.line += 1;
    return at;
  }

  /** The number of a field; where the field ends is in `fieldEnd`, -1 where it is not whole. */
  private readNumber(bytes: Uint8Array, from: number, end: number, column: number): number {
    const { numbers, quoted } = this;
    const name = this.names[column] as string;
    if (bytes[from] !== QUOTE) {
      const number = numbers.read(bytes, from, name);
      this.fieldEnd = numbers.end;
      return number;
    }
    this.fieldEnd = quoted.read(bytes, from, end);
    if (this.fieldEnd < 0) return 0;
    if (quoted.isSeveral) throw noNumber(quoted.text, name);
    return numbers.read(quoted.asLine(), 0, name);
  }

  private skip(bytes: Uint8Array, from: number, end: number): number {
    if (bytes[from] !== QUOTE) return endOfField(bytes, from);
    const at = this.quoted.read(bytes, from, end);
    if (at >= 0) this.line += this.quoted.lineFeeds;
    return at;
  }

  /** Steps over the comma or the line's end behind a column. */
  private endColumn(bytes: Uint8Array, from: number, column: number): number {
    const isLast = column === this.roles.length - 1;
    const byte = bytes[from] as number;
    if (byte === (isLast ? LINE_FEED : COMMA)) return from + 1;
    if (isLast && byte === CARRIAGE_RETURN && bytes[from + 1] === LINE_FEED) return from + 2;
    const count = this.roles.length;
    if (!isFieldEnd(byte)) {
      throw new UserError(`something stands behind the closing quote of ${this.names[column]}`);
    }
    throw new UserError(
      isLast
        ? `there are more than the header's ${count} columns; quote what has commas`
        : `there are ${column + 1} columns where the header has ${count}; give each its own`,
    );
  }
}
