/** Text as codes into a list of distinct values; code -1 is NULL. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** Text that hardly repeats: ids. */
export interface IdColumn {
  readonly kind: 'id';
  readonly values: readonly (string | null)[];
}

/**
 * Numbers; NaN is NULL. Timestamps are milliseconds and dates are days since 1970-01-01 (UTC),
 * booleans 0 or 1, money integers in `scale` decimals (1999 with scale 2 is 19.99).
 */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
  readonly scale: number;
}

export type Column = TextColumn | IdColumn | NumberColumn;

/** A table in columns, all of `rowCount` rows. */
export interface ColumnTable {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, Column>>;
}

interface ColumnBuilder {
  readonly length: number;
  finish(): Column;
}

export class TextBuilder implements ColumnBuilder {
  readonly #codes: number[] = [];
  readonly #values: string[] = [];
  readonly #codeOf = new Map<string, number>();
  /** Neighbouring rows mostly say the same: looked up once. */
  #last: string | null = null;

  get length(): number {
    return this.#codes.length;
  }

  push(value: string | null): void {
    if (value === null) {
      this.#last = null;
      this.#codes.push(-1);
      return;
    }
    if (value === this.#last) {
      this.#codes.push(this.#codes[this.#codes.length - 1] ?? -1);
      return;
    }
    let code = this.#codeOf.get(value);
    if (code === undefined) {
      code = this.#values.length;
      this.#values.push(value);
      this.#codeOf.set(value, code);
    }
    this.#last = value;
    this.#codes.push(code);
  }

  finish(): TextColumn {
    return { kind: 'text', codes: Int32Array.from(this.#codes), values: this.#values };
  }
}

export class IdBuilder implements ColumnBuilder {
  readonly #values: (string | null)[] = [];

  get length(): number {
    return this.#values.length;
  }

  push(value: string | null): void {
    this.#values.push(value);
  }

  finish(): IdColumn {
    return { kind: 'id', values: this.#values };
  }
}

export class NumberBuilder implements ColumnBuilder {
  readonly #values: number[] = [];

  constructor(readonly scale = 0) {}

  get length(): number {
    return this.#values.length;
  }

  push(value: number | boolean | null): void {
    this.#values.push(value === null ? Number.NaN : Number(value));
  }

  finish(): NumberColumn {
    return { kind: 'number', values: Float64Array.from(this.#values), scale: this.scale };
  }
}

/** Closes builders of one length into a table. */
export function finishTable(builders: Readonly<Record<string, ColumnBuilder>>): ColumnTable {
  const columns: Record<string, Column> = {};
  let rowCount: number | undefined;
  for (const [name, builder] of Object.entries(builders)) {
    rowCount ??= builder.length;
    if (builder.length !== rowCount) {
      throw new RangeError(`column ${name} has ${builder.length} rows, the others ${rowCount}`);
    }
    columns[name] = builder.finish();
  }
  return { rowCount: rowCount ?? 0, columns };
}

/** One cell, for tests and small look-ups: text, number, or null. */
export function cell(table: ColumnTable, name: string, row: number): string | number | null {
  const column = table.columns[name];
  if (!column) throw new RangeError(`no column ${name}`);
  if (column.kind === 'id') return column.values[row] ?? null;
  if (column.kind === 'text') return column.values[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
