import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import { createConnection } from 'node:net';

/** What a call ended with where it did not succeed. */
export class GrpcError extends Error {
  constructor(
    /** gRPC's number: 3 invalid argument, 14 unavailable... */
    readonly code: number,
    readonly details: string,
  ) {
    super(details);
  }
}

/** Calls of one message each way, over one HTTP/2 connection. */
export interface GrpcChannel {
  /** `path` is '/package.Service/Method'. Throws GrpcError. */
  call(path: string, message: readonly Uint8Array[]): Promise<Buffer>;
  close(): void;
}

const UNAVAILABLE = 14;
/** A frame of gRPC is a byte (0: not compressed), the length in four bytes, and the message. */
const FRAME_HEADER_BYTES = 5;
const WINDOW_BYTES = 64 * 1024 * 1024;

/**
 * Connects to a service on a unix socket. The calls that we make need of gRPC but a few headers;
 * without the library for all of it a call costs a third.
 */
export function openChannel(socketPath: string): GrpcChannel {
  const session = connect('http://localhost', {
    createConnection: () => createConnection(socketPath),
    settings: { initialWindowSize: WINDOW_BYTES },
  });
  session.on('connect', () => session.setLocalWindowSize(WINDOW_BYTES));
  // A call that the end of the service hits says so itself; the next one finds no connection.
  session.on('error', () => undefined);
  session.unref();
  let running = 0;
  const end = (): void => {
    if (--running === 0) session.unref();
  };
  return {
    call(path, message) {
      if (running++ === 0 && !session.destroyed) session.ref();
      return callOnce(session, path, message).finally(end);
    },
    close: () => session.close(),
  };
}

function callOnce(
  session: ClientHttp2Session,
  path: string,
  message: readonly Uint8Array[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (session.destroyed || session.closed) {
      reject(new GrpcError(UNAVAILABLE, 'no connection'));
      return;
    }
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
    });
    const length = message.reduce((sum, part) => sum + part.length, 0);
    const header = Buffer.alloc(FRAME_HEADER_BYTES);
    header.writeUInt32BE(length, 1);
    stream.end(Buffer.concat([header, ...message]));
    collect(stream).then(resolve, reject);
  });
}

/** The one message of an answer, or the error in its last headers. */
function collect(stream: ClientHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let last: IncomingHttpHeaders = {};
    const keep = (headers: IncomingHttpHeaders): void => {
      if (headers['grpc-status'] !== undefined) last = headers;
    };
    stream.on('response', keep);
    stream.on('trailers', keep);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', (error) => reject(new GrpcError(UNAVAILABLE, error.message)));
    stream.on('close', () => {
      const status = last['grpc-status'];
      if (status === '0') resolve(Buffer.concat(chunks).subarray(FRAME_HEADER_BYTES));
      else if (status === undefined) reject(new GrpcError(UNAVAILABLE, 'no answer'));
      else reject(new GrpcError(Number(status), readMessage(last['grpc-message'])));
    });
  });
}

/** gRPC writes what is not printable ASCII as %XX of its UTF-8. */
function readMessage(text: string | string[] | undefined): string {
  const bytes = String(text ?? '').replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
