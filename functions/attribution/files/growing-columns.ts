/** A typed column whose length is not known before its end. */
export class GrowingColumn<T extends Float64Array | Int32Array | Uint8Array> {
  private values: T;
  private size = 0;

  constructor(private readonly create: (length: number) => T) {
    this.values = create(4096);
  }

  push(value: number): void {
    if (this.size === this.values.length) {
      const larger = this.create(2 * this.size);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size] = value;
    this.size += 1;
  }

  finish(): T {
    return this.values.subarray(0, this.size) as T;
  }
}

/** Codes strings by their first appearance. */
export class Dictionary {
  readonly entries: string[] = [];
  private readonly codes = new Map<string, number>();
  private lastEntry: string | undefined;
  private lastCode = -1;

  codeOf(entry: string): number {
    // Rows of one journey mostly stand together.
    if (entry === this.lastEntry) {
      return this.lastCode;
    }
    let code = this.codes.get(entry);
    if (code === undefined) {
      code = this.entries.length;
      this.codes.set(entry, code);
      this.entries.push(entry);
    }
    this.lastEntry = entry;
    this.lastCode = code;
    return code;
  }
}
