import type { PreparedDml, PreparedStatement } from '../sql/prepared';
import { hasStorage } from '../storage/entries';
import { rowsOfPartitions } from '../storage/partition-rows';
import type { WriteSession } from '../storage/storage';

/**
 * True where an UPDATE or DELETE can change no row, because the table has none of the partitions that
 * its condition asks for: as with BigQuery's, nothing is read then.
 */
export async function reachesNoPartition(
  { catalog, connection }: WriteSession,
  { operation, target, reads = [] }: PreparedDml & Pick<PreparedStatement, 'reads'>,
): Promise<boolean> {
  if (operation !== 'UPDATE' && operation !== 'DELETE') return false;
  const entry = catalog.find(target);
  const rewrites = reads.filter(({ purpose }) => purpose === 'rewrite');
  if (entry?.kind !== 'TABLE' || !hasStorage(entry) || rewrites.length === 0) return false;
  for (const { partitions, changed = partitions } of rewrites) {
    if (changed === undefined) return false;
    if ((await rowsOfPartitions(connection, entry, changed)) !== 'FALSE') return false;
  }
  return true;
}
