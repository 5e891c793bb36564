import type { TableEntry } from '../catalog';
import { catalogProto, functionCatalog, type NamedTable, tableColumns } from './catalog-proto';
import type { AnalyzerClient } from './client';
import { DESCRIPTOR_POOLS, type LanguageOptionsProto } from './protocol';

/** A statement's tables in a catalog that the service keeps. */
export interface KeptTables {
  readonly registeredCatalogId: string;
  /** The statement's tables by the ids that the answer calls them by. */
  readonly tables: ReadonlyMap<string, NamedTable>;
}

/** What a statement names, and what else it could. */
export interface NamedTables {
  readonly tables: readonly NamedTable[];
  /** All paths that the statement writes where a table may stand. */
  readonly names: readonly (readonly string[])[];
  /** The tables of an entry's dataset. */
  readonly neighbours: (entry: TableEntry) => readonly TableEntry[];
}

interface Registered {
  readonly id: string;
  /** By written name; the analyzer does not tell upper from lower case. */
  readonly tables: ReadonlyMap<string, NamedTable & { readonly serializationId: string }>;
}

/** Beyond these, registering would take longer than it saves. */
const MOST_TABLES = 400;
const MOST_FOLDERS = 8;
const LEAST_PATIENCE = 2;
/** Registering so many tables takes as long again as one statement saves. */
const TABLES_OF_PATIENCE = 100;

/**
 * Building a catalog is most of what analyzing a statement costs: a thousand functions come before
 * the first table. So the service keeps one, with the tables that statements name and all others
 * of their datasets, which later statements will name. It serves until their columns change.
 */
export class RegisteredCatalog {
  private current: Registered | undefined;
  private misses = 0;
  /** So many statements must miss a table before a catalog is made: more where it is large. */
  private patience = LEAST_PATIENCE;
  /** One table for each way in which statements write the names of a dataset's tables. */
  private readonly folders = new Map<string, NamedTable>();
  private readonly functions: Buffer;

  constructor(
    private readonly client: AnalyzerClient,
    language: LanguageOptionsProto,
  ) {
    this.functions = client.part('RegisterCatalog', {
      simpleCatalog: functionCatalog(language),
      descriptorPoolList: DESCRIPTOR_POOLS,
    });
  }

  /**
   * The kept catalog, where a statement finds its tables in it and nothing else under its names.
   * It is made anew when enough statements have missed a table.
   */
  async holding(statement: NamedTables): Promise<KeptTables | undefined> {
    const kept = this.find(statement);
    if (kept) return kept;
    if (statement.tables.some(({ entry }) => entry.wildcard)) return undefined;
    if (++this.misses < this.patience) return undefined;
    const all = this.withNeighbours(statement);
    if (all.size > MOST_TABLES) return undefined;
    await this.replace(all);
    return this.find(statement);
  }

  private async replace(all: ReadonlyMap<string, NamedTable>): Promise<void> {
    this.patience = LEAST_PATIENCE + Math.floor(all.size / TABLES_OF_PATIENCE);
    this.misses = 0;
    const old = this.current;
    this.current = await this.register(all);
    // A statement on its way there is refused, and then analyzed with a catalog of its own. Nobody
    // waits for it to go, and where it does not, it goes with the service.
    if (old) {
      const gone = this.client.callForBytes('UnregisterCatalog', { registeredId: old.id });
      gone.catch(() => undefined);
    }
  }

  /** The kept catalog, as `holding` gives it, as long as there is one. */
  find({ tables, names }: Omit<NamedTables, 'neighbours'>): KeptTables | undefined {
    if (!this.current || tables.some(({ entry }) => entry.wildcard)) return undefined;
    const known = this.current.tables;
    const found = new Map<string, NamedTable>();
    const own = new Set<string>();
    for (const table of tables) {
      const there = known.get(keyOf(table.segments));
      if (!there || !this.isSame(there, table)) return undefined;
      found.set(there.serializationId, table);
      own.add(keyOf(table.segments));
    }
    const isOther = (segments: readonly string[]): boolean =>
      segments.some((_, i) => {
        const key = keyOf(segments.slice(0, i + 1));
        return known.has(key) && !own.has(key);
      });
    if (names.some(isOther)) return undefined;
    return { registeredCatalogId: this.current.id, tables: found };
  }

  private isSame({ segments, entry }: NamedTable, other: NamedTable): boolean {
    const { project, dataset, table } = entry.path;
    const path = other.entry.path;
    return (
      path.table === table &&
      path.dataset === dataset &&
      path.project === project &&
      segments.every((segment, i) => segment === other.segments[i]) &&
      tableColumns(this.client, entry).equals(tableColumns(this.client, other.entry))
    );
  }

  /** By written name: the statement's tables, and those beside them and beside earlier ones. */
  private withNeighbours({ tables, neighbours }: NamedTables): Map<string, NamedTable> {
    const all = new Map(tables.map((table) => [keyOf(table.segments), table]));
    for (const table of tables) {
      const folder = folderOf(table);
      if (folder === undefined) continue;
      this.folders.delete(folder);
      this.folders.set(folder, table);
    }
    const latest = [...this.folders.values()].reverse().slice(0, MOST_FOLDERS);
    for (const { segments, entry } of latest) {
      const outer = segments.slice(0, -1);
      const prefix = (segments.at(-1) ?? '').slice(0, -entry.path.table.length);
      for (const neighbour of neighbours(entry)) {
        const written = [...outer, `${prefix}${neighbour.path.table}`];
        const key = keyOf(written);
        if (!all.has(key)) all.set(key, { segments: written, entry: neighbour });
      }
    }
    return all;
  }

  private async register(all: ReadonlyMap<string, NamedTable>): Promise<Registered> {
    const { registeredId: id } = await this.client.call<{ registeredId: string }>(
      'RegisterCatalog',
      this.functions,
      { simpleCatalog: catalogProto(this.client, [...all.values()]) },
    );
    const tables = [...all].map(([key, table], i) => {
      return [key, { ...table, serializationId: String(i + 1) }] as const;
    });
    return { id, tables: new Map(tables) };
  }
}

const keyOf = (segments: readonly string[]): string =>
  JSON.stringify(segments.map((segment) => segment.toLowerCase()));

/** How a name is written without its table, and which dataset it means. */
function folderOf({ segments, entry: { path } }: NamedTable): string | undefined {
  const last = segments.at(-1) ?? '';
  if (!last.endsWith(path.table)) return undefined;
  const prefix = last.slice(0, last.length - path.table.length);
  return JSON.stringify([segments.slice(0, -1), prefix, path.project, path.dataset]);
}
