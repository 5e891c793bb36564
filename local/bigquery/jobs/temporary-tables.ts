import type { Catalog } from '../sql/catalog';
import type { DatasetPath, PreparedStatement } from '../sql/prepared';
import type { ScriptStatement } from '../sql/script';
import { createDataset, dropDataset } from '../storage/dataset-changes';
import type { WriteSession } from '../storage/storage';
import type { PrepareContext } from './compiler';

/**
 * Where the temporary tables of a script live while it runs. One place serves all scripts: they
 * make tables only while they are the one writer, and drop the place before they commit.
 */
const PLACE: DatasetPath = { project: '_script', dataset: 'temporary' };

type Names = Omit<PrepareContext, 'catalog' | 'variables'>;

/** True where a script makes temporary tables. */
export function hasTemporaryTables(statements: readonly ScriptStatement[]): boolean {
  return statements.some(({ text }) =>
    /^create\s+(or\s+replace\s+)?temp(orary)?\s+table\b/i.test(text),
  );
}

/** The defaults for names in such a script: a short name may mean a temporary table. */
export function temporaryNames(names: Names): Names {
  return names.defaultDataset ? names : { ...names, defaultDataset: PLACE };
}

/** The catalog as such a script sees it: temporary tables hide those of the default dataset. */
export function temporaryCatalog(catalog: Catalog, names: Names): Catalog {
  const { defaultDataset } = names;
  return {
    ...(catalog.listTables && { listTables: (dataset) => catalog.listTables?.(dataset) ?? [] }),
    find: (path) => {
      const isShort =
        path.project === defaultDataset?.project && path.dataset === defaultDataset?.dataset;
      const temporary = isShort ? catalog.find({ ...PLACE, table: path.table }) : undefined;
      return temporary ?? catalog.find(path);
    },
  };
}

/** A statement with the path of a temporary table where it makes one. */
export function placeTemporary(statement: PreparedStatement): PreparedStatement {
  if (statement.kind !== 'createTable' || !statement.temporary) return statement;
  return { ...statement, path: { ...PLACE, table: statement.path.table } };
}

/** Runs a script's work with a place for temporary tables, which is gone afterwards. */
export async function withTemporaryTables<T>(
  session: WriteSession,
  now: number,
  work: () => Promise<T>,
): Promise<T> {
  await createDataset(session, { path: PLACE, location: '', createdAt: now, modifiedAt: now });
  const result = await work();
  await dropDataset(session, PLACE, true);
  return result;
}
