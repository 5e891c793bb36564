import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { createServer as createSocketServer } from 'node:net';
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

/** Every character that a header may hold as it is: the test server compresses some of them. */
const PRINTABLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
  .join('')
  .replace('%', '');

function answer(stream: ServerHttp2Stream, headers: Record<string, unknown>): void {
  const chunks: Buffer[] = [];
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const path = headers[':path'];
    if (path === '/s/Refuse' || path === '/s/RefuseAll') {
      const message = path === '/s/Refuse' ? 'Name %22%C3%A4%22 [at 1:2]' : PRINTABLE;
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

test('a sentence of any characters is read, compressed or not', async () => {
  const call = channel.call('/s/RefuseAll', []);
  await expect(call).rejects.toMatchObject({ code: 3, details: PRINTABLE });
});

test('calls at the same time keep apart, and those that run when it is closed end well', async () => {
  const messages = Array.from({ length: 20 }, (_, i) => Buffer.alloc(i * 9_999, i));
  const calls = messages.map((message) => channel.call('/s/Echo', [message]));
  channel.close();
  const answers = await Promise.all(calls);
  expect(answers.every((answer, i) => answer.equals(messages[i] as Buffer))).toBe(true);
  await expect(channel.call('/s/Echo', [])).rejects.toMatchObject({ code: 14 });
});

test('a service that speaks something else is unavailable', async () => {
  const socket = join(folder, 'other');
  const other = createSocketServer((peer) => {
    peer.on('error', () => undefined).resume();
    // A settings frame that ends in the middle of a setting.
    peer.write(Buffer.from([0, 0, 2, 4, 0, 0, 0, 0, 0, 1, 2]));
  });
  await new Promise<void>((resolve) => other.listen(socket, resolve));
  const channelToOther = openChannel(socket);
  await expect(channelToOther.call('/s/Echo', [])).rejects.toMatchObject({ code: 14 });
  await new Promise((resolve) => other.close(resolve));
});
