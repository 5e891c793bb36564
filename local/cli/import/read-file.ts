import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '@tributary/functions/shared/errors';

/** @throws UserError where the file is missing, a folder, or empty */
export async function assertReadable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    throw new UserError(`${file} can't be read: check that the file exists.`);
  }
  if (!found.isFile()) throw new UserError(`${file} is no file: name the file itself.`);
  if (found.size === 0) throw new UserError(`${file} is empty: there is nothing to import.`);
}

/** The file's bytes, unpacked where its name ends in .gz. */
export function openFile(file: string): Readable {
  const stream = createReadStream(file);
  if (!file.endsWith('.gz')) return stream;
  const unpacked = createGunzip();
  stream.on('error', (error) => unpacked.destroy(error));
  return stream.pipe(unpacked);
}

/** The file's lines, without their ends. @throws UserError where it can't be read to its end */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = openFile(file);
  // Depending on its version, readline throws at an error of its input or ends quietly.
  let failure: unknown;
  input.on('error', (error) => {
    failure = error;
  });
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    failure ??= error;
  } finally {
    input.destroy();
  }
  if (failure !== undefined) {
    throw new UserError(`${file} can't be read to its end (${messageOf(failure)}): is it damaged?`);
  }
}

/** SHA-256 of the file's bytes, in hexadecimal. @throws UserError as `assertReadable` */
export async function hashFile(file: string): Promise<string> {
  await assertReadable(file);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
