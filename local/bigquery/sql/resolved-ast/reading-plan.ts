import type { Field, Message } from '../analyzer/wire/schema';

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

/** What is done with a field when it is met. */
export const ACTION = { list: 0, parent: 1, place: 2, table: 3, message: 4, scalar: 5 } as const;

/** What a message becomes. */
export const FORM = { plain: 0, anyNode: 1, type: 2, column: 3 } as const;

export interface Step {
  readonly action: (typeof ACTION)[keyof typeof ACTION];
  readonly field: Field;
  /** Of fields that hold messages. */
  readonly plan: Plan;
  /** The kind of node: 'FilterScan' for the member resolvedFilterScanNode of an "any" message. */
  readonly node: string;
}

/** How a message is read, decided once: reading the answers is most of our own work on them. */
export interface Plan {
  readonly message: Message;
  readonly form: (typeof FORM)[keyof typeof FORM];
  /** By field number; absent ones are passed over. */
  readonly steps: readonly (Step | undefined)[];
  /** The repeated fields, which every object has. */
  readonly lists: readonly string[];
}

const plans = new WeakMap<Message, Plan>();

/** The plan of a message; those of the messages in it follow when they are first met. */
export function planOf(message: Message): Plan {
  const known = plans.get(message);
  if (known) return known;
  const plan: Plan = {
    message,
    form: formOf(message),
    steps: message.byNumber.map((field) => field && stepOf(field)),
    lists: message.repeated.filter((name) => !DROPPED.has(name)),
  };
  plans.set(message, plan);
  return plan;
}

function formOf({ fullName, isAnyNode }: Message): Plan['form'] {
  if (isAnyNode) return FORM.anyNode;
  if (fullName === 'zetasql.TypeProto') return FORM.type;
  if (fullName === 'zetasql.ResolvedColumnProto') return FORM.column;
  return FORM.plain;
}

function stepOf(field: Field): Step | undefined {
  if (DROPPED.has(field.name)) return undefined;
  let plan: Plan | undefined;
  return {
    action: actionOf(field),
    field,
    get plan() {
      plan ??= planOf(field.message);
      return plan;
    },
    node: field.name.replace(/^resolved(.*)Node$/, '$1'),
  };
}

function actionOf({ name, isRepeated, kind }: Field): Step['action'] {
  if (name === 'parent') return ACTION.parent;
  if (isRepeated) return ACTION.list;
  if (name === 'parseLocationRange') return ACTION.place;
  if (name === 'table' || name === 'likeTable') return ACTION.table;
  return kind === 'message' ? ACTION.message : ACTION.scalar;
}
