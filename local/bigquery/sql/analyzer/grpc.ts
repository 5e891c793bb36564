import { createConnection } from 'node:net';
import { Connection } from './http2/connection';
import { readHeaders, requestHeaders } from './http2/headers';

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

/**
 * Connects to a service on a unix socket. The calls that we make need but a little of gRPC and of
 * HTTP/2; with the libraries for all of it they would cost several times as much.
 */
export function openChannel(socketPath: string): GrpcChannel {
  const socket = createConnection(socketPath);
  socket.unref();
  const connection = new Connection(socket);
  const headers = new Map<string, Buffer>();
  let running = 0;
  let isClosing = false;
  const end = (): void => {
    if (--running > 0) return;
    socket.unref();
    if (isClosing) socket.destroy();
  };
  return {
    call(path, message) {
      if (isClosing) return Promise.reject(new GrpcError(UNAVAILABLE, 'no connection'));
      const head = headers.get(path) ?? requestHeaders(path);
      headers.set(path, head);
      if (running++ === 0) socket.ref();
      return callOnce(connection, head, message).finally(end);
    },
    close() {
      isClosing = true;
      if (running === 0) socket.destroy();
    },
  };
}

/** The one message of an answer, or the error in its last headers. */
function callOnce(
  connection: Connection,
  headers: Buffer,
  message: readonly Uint8Array[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const length = message.reduce((sum, part) => sum + part.length, 0);
    const prefix = Buffer.alloc(FRAME_HEADER_BYTES);
    prefix.writeUInt32BE(length, 1);
    const pieces: Buffer[] = [];
    let status: string | undefined;
    let text = '';
    connection.request(headers, [prefix, ...message], {
      headers: (block) => {
        const fields = readHeaders(block);
        status = fields.get('grpc-status') ?? status;
        text = fields.get('grpc-message') ?? text;
      },
      data: (piece) => pieces.push(piece),
      end: (error) => {
        if (status === '0') resolve(messageOf(pieces));
        else if (status !== undefined) reject(new GrpcError(Number(status), readMessage(text)));
        else reject(new GrpcError(UNAVAILABLE, error ?? 'no answer'));
      },
    });
  });
}

function messageOf(pieces: readonly Buffer[]): Buffer {
  const whole = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  return whole.subarray(FRAME_HEADER_BYTES);
}

/** gRPC writes what is not printable ASCII as %XX of its UTF-8. */
function readMessage(text: string): string {
  const bytes = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
