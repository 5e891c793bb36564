import type { TypeProto, ValueProto } from '../analyzer/protocol';
import { fromTypeProto } from '../analyzer/type-proto';
import { type Decoded, decodeFrom, inMessage, readRepeated } from '../analyzer/wire/decode';
import { Reader } from '../analyzer/wire/reader';
import type { Field, Message } from '../analyzer/wire/schema';
import type { TableEntry } from '../catalog';
import { Places } from './places';
import { ACTION, FORM, type Plan, planOf, type Step } from './reading-plan';
import type { Statement } from './statements';

/** A statement as the analyzer resolved it, in plain nodes. */
export type ResolvedStatement = Statement;

/** Catalog entries by the ids that the answer has for them. */
type TablesById = Pick<ReadonlyMap<string, TableEntry>, 'get'>;

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
    return this.readFields(planOf(answer), {});
  }

  /** The message that begins here. */
  private readMessage(plan: Plan): unknown {
    const outer = this.enter();
    const value = this.readForm(plan);
    this.leave(outer);
    return value;
  }

  private readForm(plan: Plan): unknown {
    switch (plan.form) {
      case FORM.anyNode:
        return this.readAny(plan);
      case FORM.type:
        return this.readShared(this.types, plan);
      case FORM.column:
        return this.readShared(this.columns, plan);
      default: {
        const fields = this.readFields(plan, {});
        return isEmpty(fields) ? undefined : fields;
      }
    }
  }

  /** Follows `node` through the chain of "any" messages to the node itself. */
  private readAny({ message, steps }: Plan): unknown {
    const { reader } = this;
    if (reader.at >= reader.end) return undefined;
    const step = steps[reader.varint() >>> 3];
    if (step?.field.oneof !== 'node') throw new Error(`Unknown member of ${message.fullName}`);
    const { plan, node } = step;
    const outer = this.enter();
    let value: unknown;
    if (plan.form === FORM.anyNode) value = this.readAny(plan);
    else if (node === 'Literal') value = this.readLiteral(plan, { node });
    else value = this.readFields(plan, { node });
    this.leave(outer);
    return value;
  }

  private readFields({ steps, lists }: Plan, into: Decoded): Decoded {
    const { reader } = this;
    for (const name of lists) into[name] = [];
    while (reader.at < reader.end) {
      const tag = reader.varint();
      const step = steps[tag >>> 3];
      if (step) this.take(step, tag & 7, into);
      else reader.skip(tag & 7);
    }
    return into;
  }

  private take(step: Step, wireType: number, into: Decoded): void {
    const { field } = step;
    switch (step.action) {
      case ACTION.scalar:
        into[field.name] = this.reader.scalar(field);
        break;
      case ACTION.message: {
        const value = this.readMessage(step.plan);
        if (value !== undefined) into[field.name] = value;
        break;
      }
      case ACTION.list:
        this.takeElement(step, wireType, into[field.name] as unknown[]);
        break;
      case ACTION.parent: {
        const outer = this.enter();
        this.readFields(step.plan, into);
        this.leave(outer);
        break;
      }
      case ACTION.place: {
        const range = inMessage(this.reader, () => decodeFrom(field.message, this.reader));
        into.location = this.places.at(Number(range.start ?? 0));
        break;
      }
      default:
        this.takeTable(field, into);
    }
  }

  private takeElement(step: Step, wireType: number, into: unknown[]): void {
    if (step.field.kind === 'message') into.push(this.readMessage(step.plan));
    else readRepeated(step.field, wireType, this.reader, into);
  }

  private takeTable(field: Field, into: Decoded): void {
    const reference = inMessage(this.reader, () => decodeFrom(field.message, this.reader));
    // LIKE that is absent arrives as a reference without a name.
    if (!reference.name) return;
    const entry = this.tables.get(String(reference.serializationId));
    into[field.name] = { name: reference.name, entry };
  }

  /** The value stays in the protocol's form: the compiler writes it out by its type. */
  private readLiteral({ steps }: Plan, into: Decoded): Decoded {
    const { reader } = this;
    while (reader.at < reader.end) {
      const tag = reader.varint();
      const step = steps[tag >>> 3];
      if (step?.field.name === 'value') {
        const typed = inMessage(reader, () => decodeFrom(step.field.message, reader));
        into.type = fromTypeProto(typed.type as TypeProto);
        into.value = (typed.value ?? {}) as ValueProto;
      } else if (step) this.take(step, tag & 7, into);
      else reader.skip(tag & 7);
    }
    return into;
  }

  /** A type or a column. */
  private readShared(shared: Map<string, unknown>, plan: Plan): unknown {
    const { reader } = this;
    const key = reader.bytes.toString('latin1', reader.at, reader.end);
    const known = shared.get(key);
    if (known !== undefined) return known;
    const value = plan.form === FORM.type ? this.readType(plan) : this.readFields(plan, {});
    shared.set(key, value);
    return value;
  }

  private readType({ message }: Plan): unknown {
    const type = decodeFrom(message, this.reader);
    return 'typeKind' in type ? fromTypeProto(type as TypeProto) : undefined;
  }

  /** Sets the reader's end to that of the message that begins here; gives the end around it. */
  private enter(): number {
    const { reader } = this;
    const length = reader.varint();
    const outer = reader.end;
    reader.end = reader.at + length;
    return outer;
  }

  private leave(outer: number): void {
    const { reader } = this;
    reader.at = reader.end;
    reader.end = outer;
  }
}

/** A message that is set but says nothing: absent LIMITs and type parameters arrive so. */
function isEmpty(fields: Decoded): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (!Array.isArray(value) || value.length > 0) return false;
  }
  return true;
}
