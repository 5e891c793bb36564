import type { TypeProto, ValueProto } from '../analyzer/protocol';
import { fromTypeProto } from '../analyzer/type-proto';
import type { TableEntry } from '../catalog';
import { Places } from './places';
import type { Statement } from './statements';

/** A statement as the analyzer resolved it, in plain nodes. */
export type ResolvedStatement = Statement;

type Json = Readonly<Record<string, unknown>>;

/** Large or meaningless for compiling. */
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
 * Turns the service's answer into plain nodes. The protocol nests each node in a chain of
 * "any" messages (whose `node` names the member that is set) around a chain of `parent`s; here
 * one node is one object: {node: 'FilterScan', columnList, inputScan, filterExpr, location}.
 * Types become GoogleSqlType, references to tables become catalog entries.
 */
export function readStatement(
  answer: object,
  sql: string,
  tables: ReadonlyMap<string, TableEntry>,
): ResolvedStatement {
  return new Reader(new Places(sql), tables).read(answer) as ResolvedStatement;
}

class Reader {
  constructor(
    private readonly places: Places,
    private readonly tables: ReadonlyMap<string, TableEntry>,
  ) {}

  read(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.read(item));
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
    const message = value as Json;
    if ('typeKind' in message) return fromTypeProto(message as TypeProto);
    if (typeof message.node === 'string') return this.readAny(message);
    const fields: Record<string, unknown> = {};
    this.copyFields(message, fields);
    return isEmpty(fields) ? undefined : fields;
  }

  /** Follows `node` through the chain of "any" messages to the node itself. */
  private readAny(message: Json): unknown {
    let name = '';
    let inner = message;
    while (typeof inner.node === 'string') {
      name = inner.node;
      inner = inner[name] as Json;
    }
    const node = name.replace(/^resolved(.*)Node$/, '$1');
    const fields: Record<string, unknown> = { node };
    this.copyFields(inner, fields);
    if (node === 'Literal') readLiteral(inner, fields);
    return fields;
  }

  private copyFields(message: Json, into: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(message)) {
      if (DROPPED.has(key)) continue;
      if (key === 'parent') this.copyFields(value as Json, into);
      else if (key === 'parseLocationRange')
        into.location = this.places.at(Number((value as Json).start ?? 0));
      else if (key === 'table') into.table = this.readTable(value as Json);
      else {
        const read = this.read(value);
        if (read !== undefined) into[key] = read;
      }
    }
  }

  private readTable(reference: Json): unknown {
    const entry = this.tables.get(String(reference.serializationId));
    return { name: reference.name, entry };
  }
}

/** A message that is set but says nothing: absent LIMITs and type parameters arrive so. */
function isEmpty(fields: Json): boolean {
  return Object.values(fields).every((value) => Array.isArray(value) && value.length === 0);
}

/** The value stays in the protocol's form: the compiler writes it out by its type. */
function readLiteral(message: Json, into: Record<string, unknown>): void {
  const typed = message.value as { readonly type: TypeProto; readonly value?: ValueProto };
  into.type = fromTypeProto(typed.type);
  into.value = typed.value ?? {};
}
