import { type Field, WIRE } from './schema';

/** Walks over the bytes of a message. */
export class Reader {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
    public end = bytes.length,
  ) {}

  varint(): number {
    let byte = this.bytes[this.at++] as number;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let factor = 0x80;
    do {
      byte = this.bytes[this.at++] as number;
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80);
    return value;
  }

  /** All 64 bits of a varint, as a signed number. */
  int64(): bigint {
    let value = 0n;
    let shift = 0n;
    let byte: number;
    do {
      byte = this.bytes[this.at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
    } while (byte >= 0x80);
    return BigInt.asIntN(64, value);
  }

  /** INT64 as text; nearly all fit into a few bytes. */
  int64Text(): string {
    const first = this.bytes[this.at] as number;
    if (first < 0x80) {
      this.at++;
      return SMALL[first] as string;
    }
    return String(this.int64());
  }

  skip(wireType: number): void {
    if (wireType === WIRE.varint) while ((this.bytes[this.at++] as number) >= 0x80);
    else if (wireType === WIRE.delimited) {
      const length = this.varint();
      this.at += length;
    } else this.at += wireType === WIRE.fixed64 ? 8 : 4;
  }

  /** A field that is no message. */
  scalar(field: Field): unknown {
    switch (field.kind) {
      case 'string':
        return this.text();
      case 'bytes': {
        const length = this.varint();
        this.at += length;
        return Buffer.from(this.bytes.subarray(this.at - length, this.at));
      }
      case 'bool':
        return this.varint() !== 0;
      case 'double':
        this.at += 8;
        return this.bytes.readDoubleLE(this.at - 8);
      case 'float':
        this.at += 4;
        return this.bytes.readFloatLE(this.at - 4);
      case 'int64':
        return this.int64Text();
      case 'uint64':
        return String(BigInt.asUintN(64, this.int64()));
      case 'enum': {
        const number = Number(this.int64());
        return field.values.names.get(number) ?? number;
      }
      default:
        return Number(this.int64());
    }
  }

  private text(): string {
    const length = this.varint();
    const start = this.at;
    this.at += length;
    return this.bytes.toString('utf8', start, this.at);
  }
}

const SMALL: readonly string[] = Array.from({ length: 0x80 }, (_, value) => String(value));
