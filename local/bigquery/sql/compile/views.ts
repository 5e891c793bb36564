import type { TablePath } from '../catalog';
import { BigQueryError } from '../errors';
import { printPath, quoteIdentifier } from '../names';
import type { CommonTable } from '../prepared';
import type { ResolvedStatement } from '../resolved-ast/read';
import { type CompilerOptions, createCompiler } from './create-compiler';
import { compileQuery } from './query';
import { isPlainRead } from './scans/plain-read';

/** The views a statement reads, each compiled once into a CTE at its head. */
export interface Views {
  /** The CTE's name; compiles the view at its first mention. */
  reference(path: TablePath): string;
  /** In order of dependence. */
  definitions(): readonly CommonTable[];
}

/** `resolved` holds the analyzed query of each view, by its printed path. */
export function createViews(
  resolved: ReadonlyMap<string, ResolvedStatement>,
  options: Omit<CompilerOptions, 'views' | 'prefix' | 'parameters'>,
): Views {
  const definitions: CommonTable[] = [];
  const known = new Set<string>();
  const views: Views = {
    reference(path) {
      const name = printPath(path);
      const sqlName = quoteIdentifier(`view ${name}`);
      if (known.has(name)) return sqlName;
      known.add(name);
      const statement = resolved.get(name);
      if (statement?.node !== 'QueryStmt') {
        throw new BigQueryError('invalidQuery', `View ${name} is not a query`);
      }
      const prefix = `${name} `;
      const compiler = createCompiler({ ...options, parameters: undefined, views, prefix });
      const { sql } = compileQuery(statement, compiler);
      definitions.push({ name: sqlName, sql, isPlain: isPlainRead(statement.query, compiler) });
      return sqlName;
    },
    definitions: () => definitions,
  };
  return views;
}
