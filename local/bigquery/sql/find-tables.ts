import type { NamedTable } from './analyzer';
import type { Catalog, TableEntry } from './catalog';
import { type NameDefaults, resolvePath } from './names';
import { refuseByName } from './refused-syntax';
import { wildcardTable } from './wildcard';

interface Names extends NameDefaults {
  readonly catalog: Catalog;
}

/**
 * The catalog entries behind the names in a statement. A name may go on into a column
 * (dataset.table.array), so its beginnings are tried too, the longest first.
 */
export function findTables(names: readonly (readonly string[])[], request: Names): NamedTable[] {
  return names.flatMap((segments) => {
    refuseByName(segments);
    for (let length = segments.length; length > 0; length--) {
      const written = segments.slice(0, length);
      const entry = lookUp(written, request);
      if (entry) return [{ segments: written, entry }];
    }
    return [];
  });
}

/** The catalog entry of a name as written. */
function lookUp(segments: readonly string[], request: Names): TableEntry | undefined {
  const path = resolvePath(segments, request);
  if (path?.table.endsWith('*')) return wildcardTable(path, request.catalog);
  return path && request.catalog.find(path);
}
