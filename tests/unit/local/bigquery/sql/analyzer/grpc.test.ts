import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GrpcChannel, openChannel } from '@tributary/local/bigquery/sql/analyzer/grpc';

let folder: string;
let server: Http2Server;
let channel: GrpcChannel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grpc-'));
  server = createServer();
  server.on('stream', answer);
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
});
// A channel does not outlive its connection, which one of the tests ends.
beforeEach(() => {
  channel = openChannel(join(folder, 'socket'));
});
afterEach(() => channel.close());
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function answer(stream: ServerHttp2Stream, headers: Record<string, unknown>): void {
  const chunks: Buffer[] = [];
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const path = headers[':path'];
    if (path === '/s/Refuse') {
      const message = 'Name %22%C3%A4%22 [at 1:2]';
      stream.respond(
        { ':status': 200, 'grpc-status': '3', 'grpc-message': message },
        { endStream: true },
      );
    } else if (path === '/s/End') stream.session?.destroy();
    else {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.concat(chunks));
    }
  });
}

test('a message of several parts goes and comes back, also a large one', async () => {
  const large = Buffer.alloc(3_000_000, 7);
  expect(await channel.call('/s/Echo', [Buffer.from('ab'), Buffer.from('c')])).toEqual(
    Buffer.from('abc'),
  );
  expect((await channel.call('/s/Echo', [large])).equals(large)).toBe(true);
  expect(await channel.call('/s/Echo', [])).toHaveLength(0);
});

test('a refusal keeps its number and its sentence', async () => {
  const call = channel.call('/s/Refuse', []);
  await expect(call).rejects.toMatchObject({ code: 3, details: 'Name "ä" [at 1:2]' });
});

test('where the service has ended, calls say unavailable', async () => {
  await expect(channel.call('/s/End', [])).rejects.toMatchObject({ code: 14 });
  await expect(channel.call('/s/Echo', [])).rejects.toMatchObject({ code: 14 });
});
