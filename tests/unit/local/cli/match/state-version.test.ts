import type { MatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import { readModel } from '@tributary/local/cli/match/state/model';

const read = (version: number) => {
  const query = async (sql: string) =>
    sql.includes('COUNT(*)') ? [{ made: 1 }] : [{ content: JSON.stringify({ version }) }];
  return readModel({ query } as unknown as MatchWarehouse, 'kept');
};

test('states from before a place was one thing are read; older and newer ones are refused', async () => {
  for (const version of [5, 6]) expect(await read(version)).toEqual({ version });
  for (const version of [4, 7]) {
    await expect(read(version)).rejects.toThrow(
      'kept was written by another version of match: match all records anew',
    );
  }
});
