import { type Field, type Message, WIRE } from './schema';

/** Fields by name in camel case; undefined is left out; a Buffer as a message is taken as it is. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A message on the wire. Enums are given by name, INT64 as text or number. Throws for a field or
 * a name that the schema does not have.
 */
export function encode(message: Message, fields: object): Buffer {
  const writer = new Writer();
  writeFields(writer, message, fields as Fields);
  return writer.finish();
}

function writeFields(writer: Writer, message: Message, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const field = message.byName.get(name);
    if (!field) throw new Error(`${message.fullName} has no field ${name}`);
    if (field.isMap) {
      for (const [key, item] of Object.entries(value as object)) {
        writeField(writer, field, { key, value: item });
      }
    } else if (field.isRepeated) {
      for (const item of value as Iterable<unknown>) writeField(writer, field, item);
    } else writeField(writer, field, value);
  }
}

function writeField(writer: Writer, field: Field, value: unknown): void {
  switch (field.kind) {
    case 'message':
      writer.varint(field.number * 8 + WIRE.delimited);
      if (Buffer.isBuffer(value)) writer.bytes(value);
      else writer.nested(() => writeFields(writer, field.message, value as Fields));
      return;
    case 'string':
      writer.varint(field.number * 8 + WIRE.delimited);
      writer.string(String(value));
      return;
    case 'bytes':
      writer.varint(field.number * 8 + WIRE.delimited);
      writer.bytes(value as Uint8Array);
      return;
    case 'bool':
      writer.varint(field.number * 8 + WIRE.varint);
      writer.varint(value ? 1 : 0);
      return;
    case 'double':
      writer.varint(field.number * 8 + WIRE.fixed64);
      writer.double(value as number);
      return;
    case 'float':
      throw new Error(`${field.name} is a float, which no message of ours needs`);
    case 'enum': {
      const number = field.values.numbers.get(String(value));
      if (number === undefined) throw new Error(`${field.name} has no value ${value}`);
      writer.varint(field.number * 8 + WIRE.varint);
      writer.varint(number);
      return;
    }
    default:
      writer.varint(field.number * 8 + WIRE.varint);
      writer.varint(typeof value === 'number' ? value : BigInt(String(value)));
  }
}

class Writer {
  private buffer = Buffer.allocUnsafe(4096);
  private length = 0;

  finish(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  varint(value: number | bigint): void {
    this.room(10);
    if (typeof value === 'bigint' || value < 0 || value > 0x7fffffff) {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest > 0x7fn; rest >>= 7n) {
        this.buffer[this.length++] = Number(rest & 0x7fn) | 0x80;
      }
      this.buffer[this.length++] = Number(rest);
      return;
    }
    this.put(value);
  }

  double(value: number): void {
    this.room(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  string(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.room(bytes);
    this.length += this.buffer.write(value, this.length);
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.room(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  /** A message's length stands before it: one byte is kept for it, and more are made if need be. */
  nested(write: () => void): void {
    this.room(1);
    const start = ++this.length;
    write();
    const size = this.length - start;
    let shift = 0;
    for (let rest = size; rest > 0x7f; rest >>>= 7) shift++;
    if (shift > 0) {
      this.room(shift);
      this.buffer.copyWithin(start + shift, start, this.length);
    }
    const end = this.length + shift;
    this.length = start - 1;
    this.put(size);
    this.length = end;
  }

  private put(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.buffer[this.length++] = (rest & 0x7f) | 0x80;
    this.buffer[this.length++] = rest;
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}
