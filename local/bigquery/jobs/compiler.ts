import type { Analyzer } from '../sql/analyzer';
import { type PrepareContext as FullContext, prepareStatement } from '../sql/prepare';
import type { PreparedStatement } from '../sql/prepared';
import { type ScriptStatement, splitScript } from '../sql/script';

export type PrepareContext = Omit<FullContext, 'analyzer' | 'functions'>;

/** GoogleSQL to DuckDB SQL: what the jobs need of sql/, replaceable in tests. */
export interface Compiler {
  split(script: string): readonly ScriptStatement[];
  prepare(sql: string, context: PrepareContext): Promise<PreparedStatement>;
  close(): Promise<void>;
}

/** The real compiler, on a running analyzer, which it closes with itself. */
export function compilerOf(analyzer: Analyzer): Compiler {
  return {
    split: splitScript,
    prepare: (sql, context) => prepareStatement(sql, { ...context, analyzer }),
    close: () => analyzer.close(),
  };
}
