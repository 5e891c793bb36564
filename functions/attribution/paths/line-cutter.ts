import { UserError } from '../../shared/errors';
import { LINE_FEED } from './field-reader';
import { grown } from './grown';
import { type PathColumnNames, rolesOf } from './header';
import type { PathJourneys } from './path-journeys';
import { PathTokeniser } from './path-tokeniser';

/** Bytes that are read at once: few enough to stay in the processor's cache. */
export const MOST = 1 << 18;
/** At first: what was read to its end once is compiled as a whole, and needs no second compiling. */
const FEWEST = 1 << 12;

/** Gathers bytes as they come, in one buffer, and hands whole lines on. */
export class LineCutter {
  private buffer: Uint8Array<ArrayBuffer>;
  private length = 0;
  private chunk = FEWEST;
  private tokeniser: PathTokeniser | undefined;

  /** @param byteCount bytes of the file, 0 where that is not known */
  constructor(
    private readonly names: PathColumnNames,
    private readonly byteCount: number,
  ) {
    this.buffer = new Uint8Array(2 * MOST);
  }

  /** The line that is read, for messages. */
  get line(): number {
    return this.tokeniser?.line ?? 1;
  }

  /** Where the next bytes go; then `filled` must be told how many they were. */
  room(): Uint8Array {
    const chunk = this.chunk;
    this.chunk = Math.min(2 * chunk, MOST);
    this.reserve(chunk);
    return this.buffer.subarray(this.length, this.length + chunk);
  }

  push(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.filled(bytes.length);
  }

  filled(count: number): void {
    this.length += count;
    const { buffer, length } = this;
    const end = buffer.lastIndexOf(LINE_FEED, length - 1) + 1;
    if (end === 0) return;
    let at = 0;
    if (this.tokeniser === undefined) {
      at = buffer.indexOf(LINE_FEED) + 1;
      this.tokeniser = this.startBehind(buffer.subarray(0, at - 1));
    }
    at = this.tokeniser.read(buffer, at, end);
    buffer.copyWithin(0, at, length);
    this.length = length - at;
  }

  /** The last line may lack its end. */
  end(): void {
    this.push(Uint8Array.of(LINE_FEED));
    if (this.length > 0) {
      throw new UserError('a quote is not closed; close it or leave it out');
    }
  }

  /** The journeys so far, in arrays that the next bytes may change. */
  get journeys(): PathJourneys | undefined {
    return this.tokeniser?.journeys;
  }

  /** Forgets the journeys so far. */
  clear(): void {
    this.tokeniser?.clear();
  }

  private reserve(count: number): void {
    if (this.length + count > this.buffer.length) {
      this.buffer = grown(this.buffer, 2 * (this.length + count), Uint8Array);
    }
  }

  private startBehind(header: Uint8Array): PathTokeniser {
    const names = splitHeader(new TextDecoder().decode(header));
    return new PathTokeniser(rolesOf(names, this.names), names, this.byteCount);
  }
}

/** Column names without the quotes and blanks around them. */
function splitHeader(line: string): string[] {
  const fields = line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(fields, ([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  );
}
