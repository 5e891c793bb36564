import type { Catalog, TableEntry, TablePath } from './catalog';

/** True where the catalog still answers as it did. */
type LookUp = (catalog: Catalog) => boolean;

type Dataset = Pick<TablePath, 'project' | 'dataset'>;

function isSameList(left: readonly TableEntry[], right: readonly TableEntry[]): boolean {
  return left.length === right.length && left.every((entry, i) => entry === right[i]);
}

const looks = new WeakMap<TableEntry, string>();

/** What a table is to who reads it: not when it was made, nor what is told about it. */
function look(entry: TableEntry | undefined): string | undefined {
  if (!entry) return undefined;
  const known = looks.get(entry);
  if (known !== undefined) return known;
  const { path, kind, columns, viewSql, partitioning, clustering, wildcard } = entry;
  const seen = JSON.stringify([path, kind, columns, viewSql, partitioning, clustering, wildcard]);
  looks.set(entry, seen);
  return seen;
}

/** What was made, and what its making found in the catalog. */
interface Made<T> {
  readonly value: T;
  readonly lookUps: readonly LookUp[];
}

/** A model's tables look one way in its first run and another in later ones, or in another case. */
const LOOKS_KEPT = 4;

/**
 * Keeps what was made from a text and from catalog entries, and gives it again as long as every
 * look-up that its making needed finds a table that looks the same: each run makes most tables
 * anew. Entries are replaced, never changed.
 */
export class CatalogMemo<T> {
  /** By key; the latest of each first. */
  private readonly entries = new Map<string, readonly Made<T>[]>();

  /** @param limit how many keys are kept; those not asked for go first */
  constructor(private readonly limit: number) {}

  /** The value of `key`; `make` must look up whatever it uses in the catalog it is given. */
  async get(key: string, catalog: Catalog, make: (catalog: Catalog) => Promise<T>): Promise<T> {
    const known = this.entries
      .get(key)
      ?.find(({ lookUps }) => lookUps.every((holds) => holds(catalog)));
    const made = known ?? (await this.make(catalog, make));
    this.keep(key, made);
    return made.value;
  }

  private async make(catalog: Catalog, make: (catalog: Catalog) => Promise<T>): Promise<Made<T>> {
    const lookUps: LookUp[] = [];
    const find = (path: TablePath): TableEntry | undefined => {
      const entry = catalog.find(path);
      lookUps.push((now) => {
        const found = now.find(path);
        return found === entry || look(found) === look(entry);
      });
      return entry;
    };
    const listTables = (dataset: Dataset): readonly TableEntry[] => {
      const listed = catalog.listTables?.(dataset) ?? [];
      lookUps.push((now) => isSameList(now.listTables?.(dataset) ?? [], listed));
      return listed;
    };
    const watched = catalog.listTables ? { find, listTables } : { find };
    return { value: await make(watched), lookUps };
  }

  private keep(key: string, made: Made<T>): void {
    const others = this.entries.get(key)?.filter((one) => one !== made) ?? [];
    this.entries.delete(key);
    this.entries.set(key, [made, ...others].slice(0, LOOKS_KEPT));
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.limit && oldest !== undefined) this.entries.delete(oldest);
  }
}
