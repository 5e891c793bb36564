import { z } from 'zod';
import { printPath } from '../../sql/names';
import type { CompiledProject, Target } from '../project';
import { type ProjectSchemas, pathOf } from '../schemas';
import { nameOf } from '../table-names';
import { checksumSql } from './checksum-sql';

const tableChecksum = z.object({
  table: z.string(),
  /** Null where the warehouse has no such table. */
  rowCount: z.number().nullable(),
  /** BIT_XOR of the rows' fingerprints as a decimal; null for a table without rows. */
  checksum: z.string().nullable(),
});

export const checksumFile = z.object({
  warehouse: z.string(),
  tables: z.array(tableChecksum),
});

export type TableChecksum = z.infer<typeof tableChecksum>;
/** The checksums of one warehouse, as they are written to a file. */
export type WarehouseChecksums = z.infer<typeof checksumFile>;

/** Runs a query and answers its rows by column name. */
type RunQuery = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/**
 * Row count and checksum of every source and model of a project in the warehouse behind `query`,
 * in the project's order. `onTable` is called as each is known. A table of which the warehouse
 * says 'Not found' counts as missing; any other error is thrown.
 */
export async function warehouseChecksums(
  project: CompiledProject,
  schemas: Pick<ProjectSchemas, 'columnsOf'>,
  query: RunQuery,
  onTable: (checksum: TableChecksum) => void = () => undefined,
): Promise<TableChecksum[]> {
  const models = [...project.models.values()].map(({ target }) => target);
  const checksums: TableChecksum[] = [];
  for (const target of [...project.sources.values(), ...models]) {
    const checksum = await tableChecksumOf(project, schemas, query, target);
    checksums.push(checksum);
    onTable(checksum);
  }
  return checksums;
}

async function tableChecksumOf(
  project: CompiledProject,
  schemas: Pick<ProjectSchemas, 'columnsOf'>,
  query: RunQuery,
  target: Target,
): Promise<TableChecksum> {
  const columns = await schemas.columnsOf(nameOf(project, target) ?? target.name);
  const path = pathOf(target);
  // The project may have another name on the other side.
  const table = `${path.dataset}.${path.table}`;
  try {
    const [row] = await query(checksumSql(path, columns));
    const checksum = row?.checksum;
    return {
      table,
      rowCount: Number(row?.row_count ?? 0),
      checksum: typeof checksum === 'string' ? checksum : null,
    };
  } catch (error) {
    const { message } = error as Error;
    if (/not found: (table|dataset)/i.test(message))
      return { table, rowCount: null, checksum: null };
    throw new Error(`${printPath(path)}: ${message}`);
  }
}

/** A table that is not the same on both sides; undefined where one side has no such table. */
export interface ChecksumDifference {
  readonly table: string;
  readonly here: TableChecksum | undefined;
  readonly there: TableChecksum | undefined;
}

/** The tables whose row count or checksum differ, in the order of `here`, then of `there`. */
export function checksumDifferences(
  here: readonly TableChecksum[],
  there: readonly TableChecksum[],
): ChecksumDifference[] {
  const tables = new Set([...here, ...there].map(({ table }) => table));
  return [...tables].flatMap((table) => {
    const sides = {
      here: here.find((it) => it.table === table),
      there: there.find((it) => it.table === table),
    };
    const isSame =
      sides.here?.rowCount === sides.there?.rowCount &&
      sides.here?.checksum === sides.there?.checksum &&
      sides.here !== undefined;
    return isSame ? [] : [{ table, ...sides }];
  });
}
