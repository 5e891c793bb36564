import type { Column } from '../bigquery/sql/catalog';
import type { ResolvedStatement } from '../bigquery/sql/resolved-ast/read';
import type { Facts } from './analysis/facts';
import type { LintSettings } from './settings';
import type { SourceFile } from './sqlx/source-file';
import type { SqlText } from './sqlx/sql-text';

/** An action of the compiled project as rules see it. */
export interface Action {
  readonly kind: 'table' | 'view' | 'incremental' | 'assertion' | 'operations';
  readonly name: string;
  readonly file: SourceFile;
  readonly description: string;
  /** By path: ['consent', 'analytics'] is a field of a struct. */
  readonly described: readonly { readonly path: readonly string[]; readonly description: string }[];
  readonly tags: readonly string[];
  readonly onSchemaChange: string | undefined;
  /** What it reads, with the file that makes it. */
  readonly reads: readonly { readonly name: string; readonly path: string }[];
  /** Its columns as analyzed; undefined where they could not be, and for what makes no table. */
  readonly columns: readonly Column[] | undefined;
}

/** A statement that the analyzer resolved. */
export interface AnalyzedStatement {
  readonly action: string;
  readonly kind: Action['kind'];
  readonly isIncremental: boolean;
  readonly resolved: ResolvedStatement;
  /** What of `sql` is this statement: tokens from `start` on, up to `end`. */
  readonly sql: SqlText;
  readonly start: number;
  readonly end: number;
  /** The offset in `sql` of a place in the statement. */
  readonly offsetOf: (location: { readonly line: number; readonly column: number }) => number;
}

/** Tells a problem: where (an offset in what the rule was given) and in which words. */
export type Report = (offset: number, message: string) => void;

/**
 * One rule: what it forbids, why, and how to look for it. A rule has one or more of the hooks;
 * each is called with everything of its kind in the project.
 */
export interface Rule {
  readonly name: string;
  /** One sentence for the README's table. */
  readonly about: string;
  /** A short wrong text and what to write instead, for the README's table. */
  readonly bad: string;
  readonly good: string;
  /** Each file below definitions/, whatever its ending. */
  readonly file?: (file: SourceFile, report: Report, settings: LintSettings) => void;
  /** Each compiled statement, as tokens; offsets are those of the compiled text. */
  readonly text?: (
    sql: SqlText,
    report: Report,
    settings: LintSettings,
    kind: Action['kind'],
  ) => void;
  /** Each of them of which the analyzer could resolve nothing, so that `statement` misses it. */
  readonly unresolved?: (sql: SqlText, report: Report) => void;
  /** Each action; offsets are those of its file. */
  readonly action?: (action: Action, report: Report, settings: LintSettings) => void;
  /** Each statement that could be analyzed; offsets are those of the compiled text. */
  readonly statement?: (statement: AnalyzedStatement, report: Report, facts: Facts) => void;
}
