/** The parts of the service's protocol that we speak, as ./wire writes them in JavaScript. */

export interface TypeProto {
  readonly typeKind?: string;
  readonly arrayType?: { readonly elementType: TypeProto };
  readonly structType?: {
    readonly field?: readonly { readonly fieldName?: string; readonly fieldType: TypeProto }[];
  };
  readonly enumType?: { readonly enumName?: string };
}

/** A value; an empty object is NULL. `value` names the member that is set, on answers. */
export interface ValueProto {
  readonly value?: string;
  readonly int64Value?: string;
  readonly boolValue?: boolean;
  readonly doubleValue?: number;
  readonly stringValue?: string;
  readonly bytesValue?: Uint8Array;
  readonly dateValue?: number;
  readonly enumValue?: number;
  readonly arrayValue?: { readonly element?: readonly ValueProto[] };
  readonly structValue?: { readonly field?: readonly ValueProto[] };
  readonly timestampValue?: { readonly seconds?: string; readonly nanos?: number };
  readonly datetimeValue?: {
    readonly bitFieldDatetimeSeconds?: string;
    readonly nanos?: number;
  };
  readonly timeValue?: string;
  readonly numericValue?: Uint8Array;
  readonly jsonValue?: string;
}

export interface LanguageOptionsProto {
  readonly nameResolutionMode: string;
  readonly productMode: string;
  readonly enabledLanguageFeatures: readonly string[];
  readonly supportedStatementKinds: readonly string[];
  readonly reservedKeywords: readonly string[];
}

export interface CatalogProto {
  readonly name: string;
  /** On the wire already. */
  readonly table: Buffer[];
  readonly catalog: CatalogProto[];
  readonly constant?: readonly {
    readonly namePath: readonly string[];
    readonly type: TypeProto;
    readonly value: ValueProto;
  }[];
}

export interface TableContentProto {
  readonly tableData: { readonly row: readonly { readonly cell: readonly ValueProto[] }[] };
}

/** Every call names the pool of the service's own protos (its enums of date parts live there). */
export const DESCRIPTOR_POOLS = { definitions: [{ builtin: {} }] } as const;
