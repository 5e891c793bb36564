import { parseMatchSettings } from '@tributary/functions/identity/settings';
import type { MatchWarehouse } from '@tributary/local/cli/match/match-warehouse';
import {
  checkSameSettings,
  loadModel,
  readModel,
  type SavedModel,
} from '@tributary/local/cli/match/state/model';

const read = (version: number) => {
  const query = async (sql: string) =>
    sql.includes('COUNT(*)') ? [{ made: 1 }] : [{ content: JSON.stringify({ version }) }];
  return readModel({ query } as unknown as MatchWarehouse, 'kept');
};

test('states from before a place was one thing, or strangers were counted, are read; older and newer ones are refused', async () => {
  for (const version of [5, 6, 7]) expect(await read(version)).toEqual({ version });
  for (const version of [4, 8]) {
    await expect(read(version)).rejects.toThrow(
      'kept was written by another version of match: match all records anew',
    );
  }
});

test('a settings file that leaves term_frequency open fits a state of its former default', () => {
  const settingsOf = (value: object) => parseMatchSettings(value, 's.json');
  const made = (version: number) =>
    ({ version, settings: settingsOf({ term_frequency: 0.5 }) }) as SavedModel;
  expect(() => checkSameSettings(made(6), settingsOf({}), 'kept')).not.toThrow();
  for (const [version, given] of [
    [7, {}],
    [6, { term_frequency: 0.3 }],
  ] as const) {
    expect(() => checkSameSettings(made(version), settingsOf(given), 'kept')).toThrow(
      'another "term_frequency"',
    );
  }
});

test('a state whose rules are chosen anew stays of the version that it was made with', async () => {
  const written: string[] = [];
  const load = async (_name: string, _columns: object, query: string) => {
    written.push(query);
    return 'new_model';
  };
  const warehouse = { load } as unknown as MatchWarehouse;
  await loadModel(warehouse, 'new_model', { version: 6 } as SavedModel);
  await loadModel(warehouse, 'new_model', {} as SavedModel);
  expect(written[0]).toContain('"version":6');
  expect(written[1]).toContain('"version":7');
});
