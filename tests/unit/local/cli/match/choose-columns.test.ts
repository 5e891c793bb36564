import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { chooseColumns } from '@tributary/local/cli/match/choose-columns';

const settings = (value: object) => parseMatchSettings(value, 's.json');

test('without settings names tell kinds, and what tells nothing is not compared', () => {
  const columns = ['unique_id', 'first_name', 'address_1', 'address_2', 'cluster'];
  expect(chooseColumns(settings({}), columns)).toEqual({
    id: 'unique_id',
    compared: [
      { column: 'first_name', kind: 'given_name', slot: 'given_name' },
      { column: 'address_1', kind: 'address', slot: 'address' },
      { column: 'address_2', kind: 'address', slot: 'address_2' },
    ],
    unique: [],
    ignored: ['cluster'],
  });
});

test('a column of countries, by which phones are read, is told by its name', () => {
  const columns = ['id', 'name', 'tel', 'country_code', 'county'];
  const { compared } = chooseColumns(settings({}), columns);
  expect(compared.map(({ kind }) => kind)).toEqual(['full_name', 'phone', 'country', 'category']);
});

test('settings say it all', () => {
  const chosen = chooseColumns(
    settings({ id: 'no', columns: { wer: 'full_name', login: 'unique_id' } }),
    ['no', 'wer', 'login', 'email'],
  );
  expect(chosen.compared).toEqual([{ column: 'wer', kind: 'full_name', slot: 'full_name' }]);
  expect(chosen).toMatchObject({ id: 'no', unique: ['login'], ignored: ['email'] });
});

test.each([
  [{ id: 'nr' }, ['no', 'name'], 'The settings name a column "nr" that the input lacks'],
  [{ columns: { naem: 'full_name' } }, ['name'], 'a column "naem" that the input lacks'],
  [{ columns: { a: 'surname', b: 'surname' } }, ['a', 'b'], 'two columns of kind surname'],
  [{ columns: { login: 'unique_id' } }, ['login'], '"columns" names nothing that can be compared'],
  [{}, ['id', 'x', 'y'], 'None of the columns id, x, y tells by its name what it holds'],
])('%j of %j is refused', (value, columns, message) => {
  expect(() => chooseColumns(settings(value), columns)).toThrow(message);
});
