import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { isUserError, messageOf, UserError } from '../../shared/errors';
import type { PathColumnNames } from './header';
import { LineCutter, MOST } from './line-cutter';
import type { PathJourneys } from './path-journeys';

/**
 * Reads a path file: CSV with a header and the columns path (channels with ` > ` between them, in
 * the order of time; empty for journeys without touch), total_conversions, and where there are
 * such total_conversion_value and total_null. A file that ends in `.gz` is unpacked on the way.
 *
 * @throws UserError with file and line for what is wrong
 */
export async function readPaths(file: string, names: PathColumnNames = {}): Promise<PathJourneys> {
  const isPacked = file.toLowerCase().endsWith('.gz');
  const handle = open(file);
  const cutter = new LineCutter(names, isPacked ? 0 : fstatSync(handle).size);
  try {
    if (isPacked) await unpackInto(cutter, handle, file);
    else readInto(cutter, handle);
    cutter.end();
  } catch (error) {
    if (!isUserError(error)) throw unreadable(file, error);
    throw new UserError(`${file}, line ${cutter.line}: ${error.message}.`);
  } finally {
    closeSync(handle);
  }
  const journeys = cutter.finish();
  if (journeys.journeyCount === 0) {
    throw new UserError(`${file} has no paths; give one line for each path below the header.`);
  }
  return journeys;
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function readInto(cutter: LineCutter, handle: number): void {
  for (;;) {
    const room = cutter.room();
    const count = readSync(handle, room, 0, room.length, null);
    if (count === 0) return;
    cutter.filled(count);
  }
}

async function unpackInto(cutter: LineCutter, handle: number, file: string): Promise<void> {
  const source = createReadStream(file, { fd: handle, autoClose: false });
  const unpacked = createGunzip({ chunkSize: MOST });
  source.on('error', (error) => unpacked.destroy(error));
  for await (const chunk of source.pipe(unpacked)) cutter.push(chunk as Uint8Array);
}

function unreadable(file: string, error: unknown): UserError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UserError(`${file} does not exist; check the path.`);
  return new UserError(`${file} cannot be read (${messageOf(error)}); check the file.`);
}
