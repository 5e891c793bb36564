import { refuseMissingFilters, type TableRead } from '../sql/bytes/table-read';
import { BigQueryError } from '../sql/errors';
import type { PreparedStatement } from '../sql/prepared';
import type { StoredTable } from '../storage/entries';
import type { Session } from '../storage/storage';
import { partBytes } from '../storage/table-size';

/** BigQuery charges for at least this of each table that a query reads anything of. */
const MINIMUM_BYTES = 10 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** What a query costs, in bytes. */
export interface QueryBytes {
  /** The logical size of what is read. */
  readonly logical: number;
  /** The same with at least 10 MB of each table that is read. */
  readonly processed: number;
}

export const NO_BYTES: QueryBytes = { logical: 0, processed: 0 };

/** What is charged on demand: whole megabytes. */
export function billedBytes({ processed }: QueryBytes): number {
  return Math.ceil(processed / MEGABYTE) * MEGABYTE;
}

export function addBytes(left: QueryBytes, right: QueryBytes): QueryBytes {
  return { logical: left.logical + right.logical, processed: left.processed + right.processed };
}

/**
 * What a statement will cost on the tables as they are now. Throws what BigQuery refuses before
 * it runs: a missing filter over partitions, and more bytes than `limit` allows beside `spent`.
 */
export async function admit(
  session: Session,
  { reads = [] }: PreparedStatement,
  spent: QueryBytes,
  limit: number | undefined,
): Promise<QueryBytes> {
  refuseMissingFilters(reads);
  const bytes = await measureReads(session, reads);
  const billed = billedBytes(addBytes(spent, bytes));
  if (limit !== undefined && billed > limit) {
    throw new BigQueryError(
      'bytesBilledLimitExceeded',
      `Query exceeded limit for bytes billed: ${limit}. ${billed} or higher required.`,
    );
  }
  return bytes;
}

/**
 * Measures what a statement reads: the columns of all its mentions of a table together, once, and
 * the rows that it rewrites. A table of which it reads nothing, as COUNT(*) does, is free, and so
 * is what exists in `reads` only, because a dry run has not made it: a table, which is known by
 * its time, or columns of one.
 */
async function measureReads(session: Session, reads: readonly TableRead[]): Promise<QueryBytes> {
  const tables = new Map<StoredTable, TableRead[]>();
  for (const read of reads) {
    const entry = session.catalog.find(read.entry.path);
    if (entry && entry.createdAt === read.entry.createdAt)
      tables.set(entry, [...(tables.get(entry) ?? []), read]);
  }
  let sum = NO_BYTES;
  for (const [entry, ofTable] of tables) {
    let logical = 0;
    for (const purpose of ['scan', 'rewrite'] as const) {
      const parts = ofTable
        .filter((read) => read.purpose === purpose)
        .flatMap(({ columns, partitions }) =>
          columns.map(({ name, path }) => ({ column: name, path, where: partitions })),
        );
      logical += await partBytes(session, entry, parts);
    }
    const processed = logical === 0 ? 0 : Math.max(logical, MINIMUM_BYTES);
    sum = addBytes(sum, { logical, processed });
  }
  return sum;
}
