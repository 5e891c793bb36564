import { FLAG, frameHeader, TYPE } from './frames';

const DEFAULT_WINDOW = 65_535;
const DEFAULT_FRAME = 16_384;

interface Sending {
  rest: Buffer;
  window: number;
}

/** Sends bodies no faster than the other side allows: for each stream, and for all together. */
export class SendWindow {
  /** Bytes of the largest payload that the other side takes. */
  maxFrame = DEFAULT_FRAME;
  private window = DEFAULT_WINDOW;
  private initial = DEFAULT_WINDOW;
  private readonly sending = new Map<number, Sending>();

  constructor(private readonly write: (bytes: Buffer) => void) {}

  /** Writes `head`, and of the body what may go now; the rest follows when it may. */
  send(stream: number, head: Buffer, body: Buffer): void {
    const sending = { rest: body, window: this.initial };
    this.sending.set(stream, sending);
    this.write(Buffer.concat([head, ...this.frames(stream, sending)]));
  }

  /** More may be sent, on one stream or (0) on all together. */
  grow(stream: number, bytes: number): void {
    if (stream === 0) this.window += bytes;
    else {
      const sending = this.sending.get(stream);
      if (sending) sending.window += bytes;
    }
    this.resume();
  }

  /** The other side has set how much a stream may send at first. */
  resize(initial: number): void {
    for (const sending of this.sending.values()) sending.window += initial - this.initial;
    this.initial = initial;
    this.resume();
  }

  drop(stream: number): void {
    this.sending.delete(stream);
  }

  private resume(): void {
    for (const [stream, sending] of [...this.sending]) {
      for (const bytes of this.frames(stream, sending)) this.write(bytes);
    }
  }

  private frames(stream: number, sending: Sending): Buffer[] {
    const frames: Buffer[] = [];
    for (;;) {
      const allowed = Math.min(sending.window, this.window, this.maxFrame);
      const length = Math.min(sending.rest.length, Math.max(0, allowed));
      const isLast = length === sending.rest.length;
      if (length === 0 && !isLast) return frames;
      frames.push(frameHeader(TYPE.data, isLast ? FLAG.endStream : 0, stream, length));
      frames.push(sending.rest.subarray(0, length));
      sending.rest = sending.rest.subarray(length);
      sending.window -= length;
      this.window -= length;
      if (isLast) {
        this.sending.delete(stream);
        return frames;
      }
    }
  }
}
