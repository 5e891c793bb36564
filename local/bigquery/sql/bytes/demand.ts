import type { ResolvedColumn } from '../resolved-ast/expressions';
import type { FieldPath } from './table-read';

/** The columns of a statement that somebody needs, and which of their fields. */
export class Demand {
  private readonly paths = new Map<string, FieldPath[]>();

  add({ columnId }: ResolvedColumn, path: FieldPath = []): void {
    const known = this.paths.get(columnId) ?? [];
    if (known.some((other) => isPrefix(other, path))) return;
    this.paths.set(columnId, [...known.filter((other) => !isPrefix(path, other)), path]);
  }

  addAll(columns: readonly ResolvedColumn[]): void {
    for (const column of columns) this.add(column);
  }

  /** What is needed of a column; nothing where nobody asks for it. */
  of({ columnId }: ResolvedColumn): readonly FieldPath[] {
    return this.paths.get(columnId) ?? [];
  }

  /** What is needed of one column is needed of another, which it is a copy of. */
  pass(from: ResolvedColumn, to: ResolvedColumn): void {
    for (const path of this.of(from)) this.add(to, path);
  }
}

function isPrefix(short: FieldPath, long: FieldPath): boolean {
  return short.length <= long.length && short.every((field, i) => field === long[i]);
}
