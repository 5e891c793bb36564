import type { MatchParameters } from '@tributary/functions/identity/parameters';
import { arePersons, partsLeft } from '@tributary/functions/identity/persons';
import { patternsOf } from './support';

/** Given name, surname, mailbox, date of birth, postcode, town, gender: the share of matches that are equal. */
type Equal = readonly [number, number, number, number, number, number, number];
const U = [0.01, 0.01, 1e-5, 1e-4, 1e-3, 0.02, 0.5];
const mailboxOfNames = { comparison: 2, of: [0, 1], u: [] };

const classOf = (equal: Equal, moved = 0): MatchParameters => ({
  lambda: 0.1,
  comparisons: equal.map((m, at) => ({ m: [m, 1 - m], u: [U[at] ?? 0, 1 - (U[at] ?? 0)] })),
  given: [mailboxOfNames],
  place: { members: [4, 5], moved, together: [] },
});

/** All comparisons have values but those of `decides`. */
function arePersonsLeft(
  found: MatchParameters | Equal,
  decides: readonly number[] = [],
  lasting: readonly number[] = [0, 3],
): boolean {
  const levels = U.map((_, at) => (decides.includes(at) ? -1 : 0));
  const parameters = 'lambda' in found ? found : classOf(found);
  const patterns = patternsOf(
    U.map(() => 2),
    [{ levels }],
  );
  return arePersons(partsLeft(parameters, patterns, { decides, lasting }));
}

const chance: Equal = [0.01, 0.01, 1e-5, 1e-4, 1e-3, 0.02, 0.5];
const withEqual = (changes: Readonly<Record<number, number>>): Equal =>
  chance.map((share, at) => changes[at] ?? share) as unknown as Equal;

test('who agrees in two facts is one person', () => {
  expect(arePersonsLeft(withEqual({ 0: 0.8, 1: 0.8, 2: 0.6, 3: 0.8 }))).toBe(true);
  expect(arePersonsLeft(withEqual({ 3: 0.8, 4: 0.8, 5: 0.9 }))).toBe(true);
});

test('names and mailboxes are one fact, postcode and town are one', () => {
  expect(arePersonsLeft(withEqual({ 0: 0.8, 1: 0.8, 2: 0.8 }))).toBe(false);
  expect(arePersonsLeft(withEqual({ 4: 0.8, 5: 0.9 }), [], [])).toBe(false);
  // Gender has too few values to be one.
  expect(arePersonsLeft(withEqual({ 0: 0.8, 1: 0.8, 6: 1 }))).toBe(false);
  // Nor has a chance class one in what ten pairs and the first guess make of a date.
  expect(arePersonsLeft(withEqual({ 0: 0.8, 1: 0.8, 3: 0.12 }))).toBe(false);
});

test('of namesakes mailboxes say nothing, and of those who moved no place', () => {
  expect(arePersonsLeft(withEqual({ 2: 0.8, 3: 0.8 }), [0, 1])).toBe(false);
  expect(arePersonsLeft(withEqual({ 3: 0.8, 4: 0.8 }), [0, 1])).toBe(true);
  const moved = classOf(withEqual({ 3: 0.8, 4: 0.8, 5: 0.9 }), 0.95);
  expect(arePersonsLeft(moved)).toBe(false);
});

test('families agree in much, but not in what each of them keeps', () => {
  const family = withEqual({ 1: 0.95, 4: 0.95, 5: 0.95 });
  expect(arePersonsLeft(family)).toBe(false);
  expect(arePersonsLeft(family, [], [])).toBe(true);
  // Where that is what the rule decides, the others have to say it.
  expect(arePersonsLeft(family, [0, 3])).toBe(true);
});

test('of the only fact most are equal in every part', () => {
  const beside = [3, 4, 5, 6];
  expect(arePersonsLeft(withEqual({ 0: 0.6, 1: 0.6, 2: 0.6 }), beside)).toBe(true);
  expect(arePersonsLeft(withEqual({ 0: 0.6, 1: 0.4, 2: 0.6 }), beside)).toBe(false);
  // Nobody can say anything.
  expect(arePersonsLeft(chance, [0, 1, 3, 4, 5, 6])).toBe(true);
});
