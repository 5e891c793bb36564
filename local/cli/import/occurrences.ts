import { createHash } from 'node:crypto';

/**
 * Counts how often the same text came before, in bounded memory: equal lines of a log stand close
 * together, for they carry the same second, so counts of long ago may be forgotten.
 */
export class Occurrences {
  private recent = new Map<string, number>();
  private older = new Map<string, number>();

  constructor(private readonly capacity = 500_000) {}

  /** How many equal texts came before this one. */
  next(text: string): number {
    const key = createHash('sha256').update(text).digest('base64').slice(0, 24);
    const before = this.recent.get(key) ?? this.older.get(key) ?? 0;
    this.recent.set(key, before + 1);
    if (this.recent.size >= this.capacity) {
      this.older = this.recent;
      this.recent = new Map();
    }
    return before;
  }
}
