import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Row } from './warehouse';

/** A temporary NDJSON file that is written row by row and loaded at once. */
export interface NdjsonFile {
  readonly path: string;
  readonly rowCount: number;
  /** Waits only when the disk lags behind. */
  write(row: Row): Promise<void>;
  /** Flushes; nothing may be written afterwards. */
  close(): Promise<void>;
  /** Removes the file and its folder; safe to call at any time. */
  remove(): Promise<void>;
}

const chunkLength = 64 * 1024;

/** Opens a new file of its own in the system's temporary folder. */
export async function createNdjsonFile(): Promise<NdjsonFile> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-load-'));
  const path = join(folder, 'rows.ndjson');
  const stream = createWriteStream(path);
  // An error shows in write or close; without a listener it would end the process.
  stream.on('error', () => undefined);
  let buffer = '';
  let rowCount = 0;

  async function flush(): Promise<void> {
    const text = buffer;
    buffer = '';
    if (stream.errored) throw stream.errored;
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  }

  return {
    path,
    get rowCount() {
      return rowCount;
    },
    async write(row) {
      buffer += `${JSON.stringify(row)}\n`;
      rowCount += 1;
      if (buffer.length >= chunkLength) await flush();
    },
    async close() {
      await flush();
      stream.end();
      await finished(stream);
    },
    async remove() {
      stream.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
