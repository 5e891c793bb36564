import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BigQueryError } from '../sql/errors';
import type { RestRequest } from './messages';

const HEADERS_END = Buffer.from('\r\n\r\n');
/** The JSON part comes first and is small; a body without it is refused early. */
const MAX_METADATA_BYTES = 8 * 1024 * 1024;

/**
 * Reads a multipart/related upload: answers its JSON part and writes its second part, of any
 * size, to `file`, which is closed at the end. Throws 'invalid' for bodies of another form.
 */
export async function readMultipart(request: RestRequest, file: string): Promise<unknown> {
  const boundary = /boundary="?([^";]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) {
    throw new BigQueryError('invalid', 'An upload must be multipart/related with a boundary');
  }
  const splitter = new PartSplitter(boundary);
  const written = createWriteStream(file);
  try {
    await pipeline(request.stream, splitter, written);
  } finally {
    // A pipeline that fails does not wait for a file that is being opened: it would come into being later.
    if (!written.closed) await once(written, 'close');
  }
  return splitter.metadata;
}

/** Swallows the first part and all delimiters, and lets the second part's bytes through. */
class PartSplitter extends Transform {
  metadata: unknown;
  private isInContent = false;
  private pending: Buffer = Buffer.alloc(0);
  private readonly delimiter: Buffer;

  constructor(boundary: string) {
    super();
    this.delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    try {
      if (!this.isInContent) this.readMetadata();
      if (this.isInContent) this.passContent();
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    const end = this.pending.lastIndexOf(this.delimiter);
    if (!this.isInContent || end < 0) {
      done(
        new BigQueryError('invalid', 'The upload ended before its closing boundary: send it again'),
      );
      return;
    }
    this.push(this.pending.subarray(0, end));
    done();
  }

  /** Looks for both part headers; the JSON stands between them. */
  private readMetadata(): void {
    const first = this.pending.indexOf(HEADERS_END);
    const next = first < 0 ? -1 : this.pending.indexOf(this.delimiter, first + HEADERS_END.length);
    const second = next < 0 ? -1 : this.pending.indexOf(HEADERS_END, next);
    if (second < 0) {
      if (this.pending.length > MAX_METADATA_BYTES) {
        throw new BigQueryError('invalid', 'The upload does not begin with a JSON part');
      }
      return;
    }
    const json = this.pending.subarray(first + HEADERS_END.length, next).toString('utf8');
    try {
      this.metadata = JSON.parse(json);
    } catch {
      throw new BigQueryError('invalid', 'The first part of the upload is not JSON');
    }
    this.pending = this.pending.subarray(second + HEADERS_END.length);
    this.isInContent = true;
  }

  /** Holds back as much as could be the closing delimiter, which ends the body. */
  private passContent(): void {
    const keep = this.delimiter.length + 8;
    if (this.pending.length <= keep) return;
    this.push(this.pending.subarray(0, this.pending.length - keep));
    this.pending = this.pending.subarray(this.pending.length - keep);
  }
}
