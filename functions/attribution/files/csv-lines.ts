import { closeSync, openSync, readSync } from 'node:fs';

/** Bytes that are read at once. */
const CHUNK = 1 << 18;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/**
 * The line, counted from 1, of a record of a CSV file: lines without text are no records, and one
 * record may go over several lines within quotes. Read only where something is wrong with it.
 *
 * @param record counted from 0, the header not included
 */
export function lineOfRecord(file: string, record: number): number {
  let line = 1;
  let start = 1;
  let found = -1;
  let isQuoted = false;
  let isEmpty = true;
  for (const bytes of chunksOf(file)) {
    for (const byte of bytes) {
      if (byte === LINE_FEED) {
        if (!isQuoted) {
          if (!isEmpty) found += 1;
          if (found > record) return start;
          isEmpty = true;
          start = line + 1;
        }
        line += 1;
      } else if (byte !== CARRIAGE_RETURN) {
        isEmpty = false;
        if (byte === QUOTE) isQuoted = !isQuoted;
      }
    }
  }
  return start;
}

/**
 * What no text file has: a NUL byte, or bytes that are no UTF-8, as spreadsheets of old write them.
 *
 * @returns half a sentence with the line and the mend; undefined where all is text
 */
export function brokenText(file: string): string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (const bytes of chunksOf(file)) {
    let from = 0;
    while (from < bytes.length) {
      const feed = bytes.indexOf(LINE_FEED, from);
      const end = feed < 0 ? bytes.length : feed + 1;
      const part = bytes.subarray(from, end);
      if (part.includes(0)) return `line ${line} holds a NUL byte; remove it`;
      try {
        decoder.decode(part, { stream: true });
      } catch {
        return `line ${line} is no UTF-8; save the file as UTF-8`;
      }
      if (feed >= 0) line += 1;
      from = end;
    }
  }
  return undefined;
}

/**
 * The first line that ends in another way than line 1, with LF or CRLF.
 *
 * @returns half a sentence with the line and the mend; undefined where all end alike
 */
export function unlikeEnd(file: string): string | undefined {
  let line = 1;
  let before = 0;
  let first: boolean | undefined;
  for (const bytes of chunksOf(file)) {
    for (
      let feed = bytes.indexOf(LINE_FEED);
      feed >= 0;
      feed = bytes.indexOf(LINE_FEED, feed + 1)
    ) {
      const isCrlf = (feed === 0 ? before : bytes[feed - 1]) === CARRIAGE_RETURN;
      first ??= isCrlf;
      if (isCrlf !== first) {
        const [own, others] = isCrlf ? ['CRLF', 'LF'] : ['LF', 'CRLF'];
        return `line ${line} ends in ${own} and line 1 in ${others}; end all lines alike`;
      }
      line += 1;
    }
    before = bytes.at(-1) ?? 0;
  }
  return undefined;
}

function* chunksOf(file: string): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const count = readSync(handle, chunk, 0, CHUNK, null);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(handle);
  }
}
