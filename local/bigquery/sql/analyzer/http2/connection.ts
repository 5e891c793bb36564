import type { Socket } from 'node:net';
import { contentOf, FLAG, type Frame, FrameReader, TYPE, uint32, writeFrame } from './frames';
import { SendWindow } from './send-window';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const SETTING = { headerTable: 1, push: 2, initialWindow: 4, maxFrame: 5 } as const;
const DEFAULT_WINDOW = 65_535;
const LARGEST_WINDOW = 0x7fffffff;
const LARGEST_FRAME = 0xffffff;
/** So much may come before we make room for more. */
const WINDOW_STEP = 1 << 30;

/** What comes on one stream; `end` is called once, with the reason where it broke off. */
interface StreamEvents {
  headers(block: Buffer): void;
  data(piece: Buffer): void;
  end(error?: string): void;
}

interface Stream extends StreamEvents {
  /** Of headers that come in several frames. */
  readonly block: Buffer[];
  endsWithHeaders: boolean;
}

/**
 * The client's side of one HTTP/2 connection (RFC 9113), as far as calls of one message each way
 * need it: no push, no priorities, no table of headers. node:http2 takes a millisecond for each
 * call that this does in a tenth.
 */
export class Connection {
  private readonly reader = new FrameReader();
  private readonly streams = new Map<number, Stream>();
  private readonly window: SendWindow;
  private nextStream = 1;
  private received = 0;
  private closed: string | undefined;

  constructor(private readonly socket: Socket) {
    this.window = new SendWindow((bytes) => socket.write(bytes));
    socket.on('data', (piece: Buffer) => this.read(piece));
    // A call that the end of the connection hits says so itself; the next one finds it closed.
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('the connection has ended'));
    const settings = [
      [SETTING.headerTable, 0],
      [SETTING.push, 0],
      [SETTING.initialWindow, LARGEST_WINDOW],
      [SETTING.maxFrame, LARGEST_FRAME],
    ].map(([id = 0, value = 0]) => Buffer.concat([Buffer.from([0, id]), uint32(value)]));
    socket.write(
      Buffer.concat([
        Buffer.from(PREFACE),
        writeFrame(TYPE.settings, 0, 0, Buffer.concat(settings)),
        writeFrame(TYPE.windowUpdate, 0, 0, uint32(LARGEST_WINDOW - DEFAULT_WINDOW)),
      ]),
    );
  }

  get isClosed(): boolean {
    return this.closed !== undefined;
  }

  /** Sends a whole request: its headers, and its body in pieces. */
  request(headers: Buffer, body: readonly Uint8Array[], events: StreamEvents): void {
    if (this.closed !== undefined) {
      events.end(this.closed);
      return;
    }
    const stream = this.nextStream;
    this.nextStream += 2;
    this.streams.set(stream, { ...events, block: [], endsWithHeaders: false });
    const head = writeFrame(TYPE.headers, FLAG.endHeaders, stream, headers);
    this.window.send(stream, head, Buffer.concat(body));
  }

  private read(piece: Buffer): void {
    try {
      for (const frame of this.reader.read(piece)) this.take(frame);
    } catch (error) {
      this.close(`the service does not speak HTTP/2: ${(error as Error).message}`);
    }
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case TYPE.data:
        this.takeData(frame);
        break;
      case TYPE.headers:
      case TYPE.continuation:
        this.takeHeaders(frame);
        break;
      case TYPE.settings:
        this.takeSettings(frame);
        break;
      case TYPE.ping:
        if (!(frame.flags & FLAG.ack)) this.answer(TYPE.ping, frame.payload);
        break;
      case TYPE.windowUpdate:
        this.window.grow(frame.stream, frame.payload.readUInt32BE() & LARGEST_WINDOW);
        break;
      case TYPE.reset:
        this.finish(frame.stream, `the call was reset (${frame.payload.readUInt32BE()})`);
        break;
      case TYPE.goAway:
        this.close('the service is ending');
    }
  }

  private takeData(frame: Frame): void {
    this.received += frame.payload.length;
    if (this.received > WINDOW_STEP) {
      this.socket.write(writeFrame(TYPE.windowUpdate, 0, 0, uint32(this.received)));
      this.received = 0;
    }
    this.streams.get(frame.stream)?.data(contentOf(frame));
    if (frame.flags & FLAG.endStream) this.finish(frame.stream);
  }

  private takeHeaders(frame: Frame): void {
    const stream = this.streams.get(frame.stream);
    if (!stream) return;
    stream.block.push(contentOf(frame));
    if (frame.type === TYPE.headers) {
      stream.endsWithHeaders = (frame.flags & FLAG.endStream) !== 0;
    }
    if (!(frame.flags & FLAG.endHeaders)) return;
    stream.headers(Buffer.concat(stream.block.splice(0)));
    if (stream.endsWithHeaders) this.finish(frame.stream);
  }

  private takeSettings({ flags, payload }: Frame): void {
    if (flags & FLAG.ack) return;
    for (let at = 0; at < payload.length; at += 6) {
      const value = payload.readUInt32BE(at + 2);
      const id = payload.readUInt16BE(at);
      if (id === SETTING.initialWindow) this.window.resize(value);
      else if (id === SETTING.maxFrame) this.window.maxFrame = value;
    }
    this.answer(TYPE.settings, Buffer.alloc(0));
  }

  private answer(type: number, payload: Buffer): void {
    this.socket.write(writeFrame(type, FLAG.ack, 0, payload));
  }

  private finish(id: number, error?: string): void {
    const stream = this.streams.get(id);
    this.streams.delete(id);
    this.window.drop(id);
    stream?.end(error);
  }

  private close(reason: string): void {
    this.closed ??= reason;
    for (const id of [...this.streams.keys()]) this.finish(id, reason);
    this.socket.destroy();
  }
}
