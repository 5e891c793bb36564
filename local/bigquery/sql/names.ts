import type { TablePath } from './catalog';

/** What a short name stands for. */
export interface NameDefaults {
  readonly defaultProject: string;
  readonly defaultDataset?: { readonly project: string; readonly dataset: string } | undefined;
}

/** DuckDB's quoted identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** DuckDB's string literal. */
export function quoteString(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  // The text of a DuckDB statement ends at NUL; its values may hold it.
  return quoted.includes('\0') ? `(${quoted.replaceAll('\0', "' || chr(0) || '")})` : quoted;
}

/**
 * The physical name of a table: one DuckDB schema for each dataset, its name 'project.dataset',
 * because DuckDB's own catalogs are files and the warehouse is one file.
 */
export function duckTable(path: TablePath): string {
  return `${duckSchema(path)}.${quoteIdentifier(path.table)}`;
}

/** The DuckDB schema of a dataset, quoted: '"project.dataset"'. */
export function duckSchema(dataset: Pick<TablePath, 'project' | 'dataset'>): string {
  return quoteIdentifier(`${dataset.project}.${dataset.dataset}`);
}

/** 'project.dataset.table', as messages and the analyzer name it. */
export function printPath(path: TablePath): string {
  return `${path.project}.${path.dataset}.${path.table}`;
}

/**
 * Resolves a name as written ('t', 'd.t', 'p.d.t', in any division by backticks) to a full path.
 * Undefined where a default is needed and there is none, or there are more than three parts.
 */
export function resolvePath(
  segments: readonly string[],
  defaults: NameDefaults,
): TablePath | undefined {
  const parts = segments.join('.').split('.');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length === 3) return { project: first, dataset: second, table: third };
  if (parts.length === 2) {
    return { project: defaults.defaultProject, dataset: first, table: second };
  }
  if (parts.length === 1 && defaults.defaultDataset) {
    return { ...defaults.defaultDataset, table: first };
  }
  return undefined;
}
