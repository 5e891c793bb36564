import { guessId, guessKind } from '@tributary/functions/identity/kinds';
import { parseMatchSettings } from '@tributary/functions/identity/settings';

test('an empty file is the defaults', () => {
  expect(parseMatchSettings({}, 's.json')).toEqual({
    compare: 'all',
    threshold: 0.5,
    pairs_threshold: 0.01,
    term_frequency: 1,
    max_block_records: 1000,
    max_pairs: 50_000_000,
  });
});

test.each([
  [{ treshold: 0.4 }, /^s\.json: the settings: .*treshold/],
  [{ columns: { a: 'nickname' } }, /^s\.json: "columns\.a": /],
  [{ threshold: 1 }, /^s\.json: "threshold": /],
  [{ blocking: [] }, /^s\.json: "blocking": /],
  [[], /^s\.json: the settings: /],
])('%j is refused in one sentence', (value, message) => {
  expect(() => parseMatchSettings(value, 's.json')).toThrow(message);
});

test('rules are no more than a number has bits for', () => {
  const blocking = (count: number) => ({ blocking: Array.from({ length: count }, () => 'name') });
  expect(parseMatchSettings(blocking(50), 's.json').blocking).toHaveLength(50);
  expect(() => parseMatchSettings(blocking(51), 's.json')).toThrow('"blocking": ');
});

test.each([
  ['first_name', 'given_name'],
  ['Vorname', 'given_name'],
  ['Prénom', 'given_name'],
  ['Straße', 'address'],
  ['Téléphone', 'phone'],
  ['lastName', 'surname'],
  ['full name', 'full_name'],
  ['DOB', 'date_of_birth'],
  ['e-mail', 'email'],
  ['mobile_number', 'phone'],
  ['postcode_fake', 'postcode'],
  ['suburb', 'city'],
  ['birth_place', 'city'],
  ['address_1', 'address'],
  ['street_number', 'house_number'],
  ['soc_sec_id', 'identifier'],
  ['occupation', 'category'],
  ['cluster', undefined],
  ['notes', undefined],
])('a column %s is taken for %s', (column, kind) => {
  expect(guessKind(column)).toBe(kind);
});

test('the id is the column that is called so', () => {
  expect(guessId(['cluster', 'unique_id', 'id'])).toBe('unique_id');
  expect(guessId(['name', 'city'])).toBeUndefined();
});
