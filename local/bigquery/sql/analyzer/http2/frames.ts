/** A frame of HTTP/2 (RFC 9113, section 4): nine bytes of header, and a payload. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** 0 for what concerns the whole connection. */
  readonly stream: number;
  readonly payload: Buffer;
}

export const TYPE = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const FLAG = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

const HEADER_BYTES = 9;

/** A frame on the wire. */
export function writeFrame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  return Buffer.concat([frameHeader(type, flags, stream, payload.length), payload]);
}

export function frameHeader(type: number, flags: number, stream: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUIntBE(length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return header;
}

/** A payload of one 32-bit number. */
export function uint32(value: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(value);
  return payload;
}

/** A payload without the padding and the priority that its flags announce. */
export function contentOf({ type, flags, payload }: Frame): Buffer {
  let start = 0;
  let end = payload.length;
  if (flags & FLAG.padded) {
    end -= payload[0] as number;
    start = 1;
  }
  if (type === TYPE.headers && flags & FLAG.priority) start += 5;
  return payload.subarray(start, end);
}

/** Cuts what comes over a connection, in pieces of any length, into frames. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private length = 0;
  /** So many bytes are needed before another frame is whole. */
  private needed = HEADER_BYTES;

  /** The frames that `piece` completes. */
  read(piece: Buffer): Frame[] {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length < this.needed) return [];
    const bytes = this.pieces.length === 1 ? piece : Buffer.concat(this.pieces, this.length);
    const frames: Frame[] = [];
    let at = 0;
    let end = frameEnd(bytes, at);
    for (; end <= bytes.length; end = frameEnd(bytes, at)) {
      frames.push({
        type: bytes[at + 3] as number,
        flags: bytes[at + 4] as number,
        stream: bytes.readUInt32BE(at + 5) & 0x7fffffff,
        payload: bytes.subarray(at + HEADER_BYTES, end),
      });
      at = end;
    }
    const rest = bytes.subarray(at);
    this.pieces = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    this.needed = end - at;
    return frames;
  }
}

/** Where the frame that begins at `at` ends; of its header alone where that is not whole. */
function frameEnd(bytes: Buffer, at: number): number {
  const payload = bytes.length >= at + HEADER_BYTES ? bytes.readUIntBE(at, 3) : 0;
  return at + HEADER_BYTES + payload;
}
