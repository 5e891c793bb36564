import { UserError } from '@tributary/functions/shared/errors';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';
import { idSql } from './write-answers';

type Filed = Pick<PreparedRecords, 'columns' | 'sourceCount'>;

/**
 * The numbers of the records of two ids; of several files, an id may have its file's number before it.
 *
 * @throws UserError where an id is unknown or stands in two files, or both are one record
 */
export async function findRecords(
  warehouse: MatchWarehouse,
  filed: Filed,
  ids: readonly [string, string],
): Promise<readonly [number, number]> {
  const one = await recordOf(warehouse, filed, ids[0]);
  const other = await recordOf(warehouse, filed, ids[1]);
  if (one === other) throw new UserError('--explain asks for two records: give two ids.');
  return [one, other];
}

async function recordOf({ files }: MatchWarehouse, filed: Filed, id: string): Promise<number> {
  const isFiled = filed.sourceCount > 1 && /^\d+:/.test(id);
  const [, file = '', rest = id] = isFiled ? (/^(\d+):(.*)$/s.exec(id) ?? []) : [];
  const where = isFiled ? ` AND "source no" = ${Number(file) - 1}` : '';
  const read = await files.runAndReadAll(
    `SELECT "record no"::INTEGER FROM input WHERE ${idSql(filed)} = $id${where} ORDER BY 1 LIMIT 2`,
    { id: rest },
  );
  const [first, second] = read.getRows();
  if (!first) throw new UserError(`No record has the id "${id}": give two ids of the input.`);
  if (second) {
    throw new UserError(`Two files have a record "${id}": write 1:${id} or 2:${id}.`);
  }
  return Number(first[0]);
}
