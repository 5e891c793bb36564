import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { messageOf, UserError } from '@tributary/functions/shared/errors';

const NEWLINE = 10;

/** Windows-1252 from 0x80 to 0x9f, where it differs from Latin-1; node's TextDecoder takes them for the same. */
const OWN_LETTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(line: Buffer): string {
  return line
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (letter) => OWN_LETTERS[letter.charCodeAt(0) - 0x80] ?? letter);
}

/**
 * Where a text file holds lines that are no UTF-8, writes a copy in which those lines are read as
 * Windows-1252, which old exports are in. Files that are whole are left alone.
 *
 * @returns the number of lines mended; with 0 nothing was written
 * @throws UserError for UTF-16 and files that can't be read
 */
export async function repairEncoding(file: string, copy: string): Promise<number> {
  try {
    let isWhole = true;
    for await (const block of linesOf(file)) {
      if (isUtf16(block)) throw new UserError(`${file} is UTF-16: save it as UTF-8.`);
      isWhole = isUtf8(block);
      if (!isWhole) break;
    }
    return isWhole ? 0 : await mend(file, copy);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} can't be read (${messageOf(error)}): check the path.`);
  }
}

async function mend(file: string, copy: string): Promise<number> {
  const target = await open(copy, 'w');
  let mended = 0;
  try {
    for await (const block of linesOf(file)) {
      if (isUtf8(block)) {
        await target.write(block);
        continue;
      }
      const parts: (Buffer | string)[] = [];
      for (let from = 0; from < block.length; ) {
        const end = block.indexOf(NEWLINE, from);
        const line = block.subarray(from, end < 0 ? block.length : end + 1);
        const isGood = isUtf8(line);
        if (!isGood) mended += 1;
        parts.push(isGood ? line : decodeWindows1252(line));
        from += line.length;
      }
      await target.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
    }
  } finally {
    await target.close();
  }
  return mended;
}

/** The file in blocks that end with a line. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 })) {
    const block = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const end = block.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield block.subarray(0, end);
    rest = block.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

function isUtf16(block: Buffer): boolean {
  const [first, second] = block;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
