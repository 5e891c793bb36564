import { type SqlxFile, splitSqlx } from './split';

/** A file of the project as it is written. */
export interface SourceFile {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Its parts, for SQLX files. */
  readonly sqlx: SqlxFile | undefined;
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, sqlx: path.endsWith('.sqlx') ? splitSqlx(text) : undefined };
}

/** The offset of the first match of a pattern in the config block; of the file's start without. */
export function inConfig(file: SourceFile, pattern: RegExp): number {
  const range = file.sqlx?.config;
  if (!range) return 0;
  const found = file.text.slice(range.start, range.end).search(pattern);
  return found < 0 ? 0 : range.start + found;
}
