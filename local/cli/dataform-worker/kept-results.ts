import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Of several projects; those that were asked for last stay. */
const MOST_KEPT = 1000;

/**
 * Results of pure functions that are asked for each file of a project, in one file, under hashes of
 * `version` and all that they were made from. So after a change of one model only that one is made
 * anew. A file that cannot be read or written only costs the time it would have saved.
 */
export class KeptResults<T> {
  private before: Map<string, T> | undefined;
  private readonly used = new Map<string, T>();
  private isMore = false;

  constructor(
    private readonly file: string,
    private readonly version: string,
    private readonly isResult: (value: unknown) => value is T,
  ) {}

  /** What `make` gives for these inputs, now or in an earlier process; what it throws is not kept. */
  get(inputs: readonly unknown[], make: () => T): T {
    const text = JSON.stringify([this.version, ...inputs]);
    const key = createHash('sha256').update(text).digest('hex');
    this.before ??= this.read();
    let result = this.used.get(key) ?? this.before.get(key);
    if (result === undefined) {
      result = make();
      this.isMore = true;
    }
    this.used.set(key, result);
    return result;
  }

  /** Writes what is new, beside and renamed, so that a reader never sees half of it. */
  save(): void {
    if (!this.isMore) return;
    const others = [...(this.before ?? [])].filter(([key]) => !this.used.has(key));
    const kept = [...this.used, ...others].slice(0, MOST_KEPT);
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      const draft = `${this.file}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(kept));
      renameSync(draft, this.file);
      this.isMore = false;
    } catch {
      // The next process makes them again.
    }
  }

  private read(): Map<string, T> {
    try {
      const entries: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      if (!Array.isArray(entries)) return new Map();
      return new Map(
        entries.filter(([key, value]) => typeof key === 'string' && this.isResult(value)),
      );
    } catch {
      return new Map();
    }
  }
}
