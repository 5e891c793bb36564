import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
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
  let journeys: PathJourneys | undefined;
  for await (const cutter of read(file, names, 'whole')) journeys = cutter.journeys;
  if (!journeys?.journeyCount) throw empty(file);
  return journeys;
}

/**
 * The same piece by piece, for who needs each journey once: memory that is new costs more than what
 * is read into it. A piece holds until the next one is asked for; channels keep their codes.
 *
 * @throws UserError like `readPaths`
 */
export async function* readPathPieces(
  file: string,
  names: PathColumnNames = {},
): AsyncGenerator<PathJourneys> {
  let isEmpty = true;
  for await (const cutter of read(file, names, 'pieces')) {
    const { journeys } = cutter;
    if (!journeys?.journeyCount) continue;
    isEmpty = false;
    yield journeys;
    cutter.clear();
  }
  if (isEmpty) throw empty(file);
}

/** Reads on and on; who asks finds the journeys so far, the last time all of them. */
async function* read(
  file: string,
  names: PathColumnNames,
  room: 'whole' | 'pieces',
): AsyncGenerator<LineCutter> {
  const isPacked = file.toLowerCase().endsWith('.gz');
  const handle = open(file);
  const cutter = new LineCutter(names, isPacked || room === 'pieces' ? 0 : fstatSync(handle).size);
  try {
    if (isPacked) {
      for await (const chunk of unpack(handle, file)) {
        cutter.push(chunk);
        yield cutter;
      }
    } else {
      while (readInto(cutter, handle)) yield cutter;
    }
    cutter.end();
    yield cutter;
  } catch (error) {
    if (!isUserError(error)) throw unreadable(file, error);
    throw new UserError(`${file}, line ${cutter.line}: ${error.message}.`);
  } finally {
    closeSync(handle);
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** False at the file's end. */
function readInto(cutter: LineCutter, handle: number): boolean {
  const room = cutter.room();
  const count = readSync(handle, room, 0, room.length, null);
  if (count > 0) cutter.filled(count);
  return count > 0;
}

function unpack(handle: number, file: string): AsyncIterable<Uint8Array> {
  // Loaded here, since most files need no unpacking.
  const { createGunzip } = require('node:zlib') as typeof import('node:zlib');
  const source = createReadStream(file, { fd: handle, autoClose: false });
  const unpacked = createGunzip({ chunkSize: MOST });
  source.on('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

function empty(file: string): UserError {
  return new UserError(`${file} has no paths; give one line for each path below the header.`);
}

function unreadable(file: string, error: unknown): UserError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UserError(`${file} does not exist; check the path.`);
  return new UserError(`${file} cannot be read (${messageOf(error)}); check the file.`);
}
