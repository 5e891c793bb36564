import { Reader } from './reader';
import { type Field, type Message, WIRE } from './schema';

export type Decoded = Record<string, unknown>;

/**
 * A message as an object: absent fields are undefined, repeated ones arrays, enums names, INT64
 * text; of a oneof the property with its name says which member is set.
 */
export function decode(message: Message, bytes: Buffer): Decoded {
  return decodeFrom(message, new Reader(bytes));
}

/** The same for the message that a reader stands on, up to the reader's end. */
export function decodeFrom(message: Message, reader: Reader): Decoded {
  const into: Decoded = {};
  for (const name of message.repeated) into[name] = [];
  while (reader.at < reader.end) {
    const tag = reader.varint();
    const wireType = tag & 7;
    const field = message.byNumber[tag >>> 3];
    if (!field || field.isMap) reader.skip(wireType);
    else if (!field.isRepeated) {
      into[field.name] = readOne(field, reader);
      if (field.oneof !== undefined) into[field.oneof] = field.name;
    } else readRepeated(field, wireType, reader, into[field.name] as unknown[]);
  }
  return into;
}

/** Runs `read` with the reader's end at the end of the message that begins here. */
export function inMessage<T>(reader: Reader, read: () => T): T {
  const length = reader.varint();
  const outer = reader.end;
  reader.end = reader.at + length;
  const value = read();
  reader.at = reader.end;
  reader.end = outer;
  return value;
}

/** Numbers may be packed: all of them behind one length. */
export function readRepeated(
  field: Field,
  wireType: number,
  reader: Reader,
  into: unknown[],
  readMessage: (field: Field, reader: Reader) => unknown = readOne,
): void {
  const isPacked = wireType === WIRE.delimited && !UNPACKED.has(field.kind);
  if (!isPacked) {
    into.push(field.kind === 'message' ? readMessage(field, reader) : reader.scalar(field));
    return;
  }
  inMessage(reader, () => {
    while (reader.at < reader.end) into.push(reader.scalar(field));
  });
}

const UNPACKED: ReadonlySet<string> = new Set(['message', 'string', 'bytes']);

function readOne(field: Field, reader: Reader): unknown {
  if (field.kind !== 'message') return reader.scalar(field);
  return inMessage(reader, () => decodeFrom(field.message, reader));
}
