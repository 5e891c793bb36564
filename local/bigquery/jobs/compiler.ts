import type { Analyzer } from '../sql/analyzer';
import type { Catalog } from '../sql/catalog';
import { CatalogMemo } from '../sql/catalog-memo';
import { type PrepareContext as FullContext, prepareStatement } from '../sql/prepare';
import type { PreparedStatement } from '../sql/prepared';
import { type ScriptStatement, splitScript } from '../sql/script';

export type PrepareContext = Omit<FullContext, 'analyzer' | 'functions' | 'neighbours'>;

/** GoogleSQL to DuckDB SQL: what the jobs need of sql/, replaceable in tests. */
export interface Compiler {
  split(script: string): readonly ScriptStatement[];
  prepare(sql: string, context: PrepareContext): Promise<PreparedStatement>;
  close(): Promise<void>;
}

/** Those of a whole project, in two forms. */
const STATEMENTS_KEPT = 1000;

/**
 * The real compiler, on a running analyzer, which it closes with itself. A statement that it
 * knows is not compiled again while the tables that it names stay as they are.
 */
export function compilerOf(analyzer: Analyzer): Compiler {
  const known = new CatalogMemo<PreparedStatement>(STATEMENTS_KEPT);
  return {
    split: splitScript,
    prepare: (sql, context) => {
      const prepare = (catalog: Catalog) =>
        prepareStatement(sql, { ...context, catalog, neighbours: context.catalog, analyzer });
      const { catalog, parameters, variables, defaultProject, defaultDataset } = context;
      // Values become part of the compiled statement.
      if (parameters || variables?.size) return prepare(catalog);
      const key = JSON.stringify([defaultProject, defaultDataset, sql]);
      return known.get(key, catalog, prepare);
    },
    close: () => analyzer.close(),
  };
}
