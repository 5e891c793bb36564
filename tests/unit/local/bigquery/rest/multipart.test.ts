import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

test('a body that breaks off is refused', async () => {
  const body = bodyOf(Buffer.from('rows')).subarray(0, -12);
  await expect(readMultipart(requestOf(body, 1000), file)).rejects.toThrow('closing boundary');
});
