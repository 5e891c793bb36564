import type { TypeProto, ValueProto } from '../analyzer/protocol';
import { fromTypeProto } from '../analyzer/type-proto';
import { type Decoded, decodeFrom, inMessage, readRepeated } from '../analyzer/wire/decode';
import { Reader } from '../analyzer/wire/reader';
import type { Field, Message } from '../analyzer/wire/schema';
import type { TableEntry } from '../catalog';
import { Places } from './places';
import type { Statement } from './statements';

/** A statement as the analyzer resolved it, in plain nodes. */
export type ResolvedStatement = Statement;

/** Catalog entries by the ids that the answer has for them. */
type TablesById = Pick<ReadonlyMap<string, TableEntry>, 'get'>;

/** Large or meaningless for compiling: their bytes are passed over. */
const DROPPED = new Set([
  'signature',
  'typeAnnotationMap',
  'annotationMap',
  'functionCallInfo',
  'hintList',
  'nodeSource',
  'floatLiteralId',
  'columnAccessList',
]);

/**
 * Turns the service's answer, from its bytes, into plain nodes. The protocol nests each node in a
 * chain of "any" messages (whose oneof `node` names the member that is set) around a chain of
 * `parent`s; here one node is one object: {node: 'FilterScan', columnList, inputScan, filterExpr,
 * location}. Types become GoogleSqlType, references to tables become catalog entries.
 */
export function readStatement(
  answer: Message,
  bytes: Buffer,
  sql: string,
  tables: TablesById,
): ResolvedStatement {
  const { resolvedStatement } = new NodeReader(bytes, new Places(sql), tables).read(answer);
  return resolvedStatement as ResolvedStatement;
}

class NodeReader {
  private readonly reader: Reader;
  /** By their bytes: a statement mentions few types and columns, but each many times. */
  private readonly types = new Map<string, unknown>();
  private readonly columns = new Map<string, unknown>();

  constructor(
    bytes: Buffer,
    private readonly places: Places,
    private readonly tables: TablesById,
  ) {
    this.reader = new Reader(bytes);
  }

  read(answer: Message): Decoded {
    return this.readFields(answer, {});
  }

  private readonly readField = (field: Field): unknown => {
    const { message } = field;
    if (message.fullName === 'zetasql.TypeProto') {
      return this.readShared(this.types, () => this.readType(field));
    }
    if (message.fullName === 'zetasql.ResolvedColumnProto') {
      return this.readShared(this.columns, () => this.readFields(message, {}));
    }
    return inMessage(this.reader, () =>
      message.isAnyNode ? this.readAny(message) : this.readPlain(message),
    );
  };

  /** Follows `node` through the chain of "any" messages to the node itself. */
  private readAny(message: Message): unknown {
    const { reader } = this;
    if (reader.at >= reader.end) return undefined;
    const tag = reader.varint();
    const field = message.byNumber[tag >>> 3];
    if (field?.oneof !== 'node') throw new Error(`Unknown member of ${message.fullName}`);
    return inMessage(reader, () => {
      if (field.message.isAnyNode) return this.readAny(field.message);
      const node = field.name.replace(/^resolved(.*)Node$/, '$1');
      const fields: Decoded = { node };
      return node === 'Literal'
        ? this.readLiteral(field.message, fields)
        : this.readFields(field.message, fields);
    });
  }

  private readPlain(message: Message): unknown {
    const fields = this.readFields(message, {});
    return isEmpty(fields) ? undefined : fields;
  }

  private readFields(message: Message, into: Decoded): Decoded {
    const { reader } = this;
    for (const name of message.repeated) if (!DROPPED.has(name)) into[name] = [];
    while (reader.at < reader.end) {
      const tag = reader.varint();
      const field = message.byNumber[tag >>> 3];
      if (!field || DROPPED.has(field.name)) reader.skip(tag & 7);
      else if (field.name === 'parent') {
        inMessage(reader, () => this.readFields(field.message, into));
      } else if (field.isRepeated) {
        readRepeated(field, tag & 7, reader, into[field.name] as unknown[], this.readField);
      } else this.readInto(field, into);
    }
    return into;
  }

  private readInto(field: Field, into: Decoded): void {
    const { reader } = this;
    if (field.name === 'parseLocationRange') {
      const range = inMessage(reader, () => decodeFrom(field.message, reader));
      into.location = this.places.at(Number(range.start ?? 0));
    } else if (field.name === 'table' || field.name === 'likeTable') {
      const reference = inMessage(reader, () => decodeFrom(field.message, reader));
      // LIKE that is absent arrives as a reference without a name.
      if (!reference.name) return;
      const entry = this.tables.get(String(reference.serializationId));
      into[field.name] = { name: reference.name, entry };
    } else {
      const value = field.kind === 'message' ? this.readField(field) : reader.scalar(field);
      if (value !== undefined) into[field.name] = value;
    }
  }

  /** The value stays in the protocol's form: the compiler writes it out by its type. */
  private readLiteral(message: Message, into: Decoded): Decoded {
    const { reader } = this;
    while (reader.at < reader.end) {
      const tag = reader.varint();
      const field = message.byNumber[tag >>> 3];
      if (field?.name === 'parent') {
        inMessage(reader, () => this.readFields(field.message, into));
      } else if (field?.name === 'value') {
        const typed = inMessage(reader, () => decodeFrom(field.message, reader));
        into.type = fromTypeProto(typed.type as TypeProto);
        into.value = (typed.value ?? {}) as ValueProto;
      } else if (!field || DROPPED.has(field.name)) reader.skip(tag & 7);
      else this.readInto(field, into);
    }
    return into;
  }

  private readType({ message }: Field): unknown {
    const type = decodeFrom(message, this.reader);
    return 'typeKind' in type ? fromTypeProto(type as TypeProto) : undefined;
  }

  private readShared(shared: Map<string, unknown>, read: () => unknown): unknown {
    const { reader } = this;
    return inMessage(reader, () => {
      const key = reader.bytes.toString('latin1', reader.at, reader.end);
      const known = shared.get(key);
      if (known !== undefined) return known;
      const value = read();
      shared.set(key, value);
      return value;
    });
  }
}

/** A message that is set but says nothing: absent LIMITs and type parameters arrive so. */
function isEmpty(fields: Decoded): boolean {
  return Object.values(fields).every((value) => Array.isArray(value) && value.length === 0);
}
