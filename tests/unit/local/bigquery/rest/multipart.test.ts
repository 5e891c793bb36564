import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { RestRequest } from '@tributary/local/bigquery/rest/messages';
import { readMultipart } from '@tributary/local/bigquery/rest/multipart';
import fc from 'fast-check';

const folder = mkdtempSync(join(tmpdir(), 'tributary-multipart-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'content');
const boundary = 'b-1';
const metadata = { configuration: { load: {} } };

function requestOf(body: Buffer, pieceLength: number): RestRequest {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += pieceLength) {
    pieces.push(body.subarray(at, at + pieceLength));
  }
  return {
    method: 'POST',
    params: {},
    query: new URLSearchParams(),
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    stream: Readable.from(pieces),
    json: async () => ({}),
  };
}

function bodyOf(content: Buffer): Buffer {
  const json = JSON.stringify(metadata);
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}\r\n`),
    Buffer.from(`--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n`),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

test('metadata and content come apart, however the body is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 300 }),
      async (bytes, pieceLength) => {
        const content = Buffer.from(bytes);
        const read = await readMultipart(requestOf(bodyOf(content), pieceLength), file);
        expect(read).toEqual(metadata);
        expect(readFileSync(file).equals(content)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test('a body that breaks off is refused, and nothing is written any more', async () => {
  const body = bodyOf(Buffer.from('rows')).subarray(0, -12);
  for (let round = 0; round < 20; round += 1) {
    const broken = join(folder, `broken ${round}`);
    await expect(readMultipart(requestOf(body, 1000), broken)).rejects.toThrow('closing boundary');
    rmSync(broken, { force: true });
  }
  // A file that is opened so late that it was not there to be removed.
  await new Promise((resolve) => setImmediate(resolve));
  expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
});
