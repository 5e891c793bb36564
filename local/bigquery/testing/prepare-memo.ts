import type { Compiler, PrepareContext } from '../jobs/compiler';
import { printPath } from '../sql/names';
import type { PreparedStatement } from '../sql/prepared';

/** What a statement looked up, and what it found, as text. */
type Lookups = ReadonlyMap<string, string>;

interface Memo {
  readonly lookups: Lookups;
  readonly prepared: PreparedStatement;
}

/**
 * A compiler that compiles the same statement once, as long as the tables that it reads look the
 * same: a model is analyzed for its columns and then runs in each of its cases.
 */
export function memoizingCompiler(compiler: Compiler): Compiler {
  const memos = new Map<string, Memo[]>();
  return {
    split: (script) => compiler.split(script),
    close: () => compiler.close(),
    async prepare(sql, context) {
      if (context.parameters || context.variables?.size) return compiler.prepare(sql, context);
      const { catalog, parameters: _, variables: __, ...names } = context;
      const key = JSON.stringify([names, sql]);
      const known = memos.get(key)?.find(({ lookups }) => isCurrent(lookups, context));
      if (known) return known.prepared;
      const lookups = new Map<string, string>();
      const recording: PrepareContext['catalog'] = {
        find(path) {
          const entry = catalog.find(path);
          lookups.set(printPath(path), JSON.stringify([path, describe(entry)]));
          return entry;
        },
      };
      const prepared = await compiler.prepare(sql, { ...context, catalog: recording });
      memos.set(key, [...(memos.get(key) ?? []), { lookups, prepared }]);
      return prepared;
    },
  };
}

function isCurrent(lookups: Lookups, { catalog }: PrepareContext): boolean {
  return [...lookups.values()].every((text) => {
    const [path] = JSON.parse(text);
    return JSON.stringify([path, describe(catalog.find(path))]) === text;
  });
}

/** What of a table a compiled statement may depend on. */
function describe(entry: ReturnType<PrepareContext['catalog']['find']>): unknown {
  return entry && [entry.kind, entry.columns, entry.viewSql, entry.partitioning];
}
