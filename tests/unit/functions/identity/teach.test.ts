import type { MatchParameters } from '@tributary/functions/identity/parameters';
import { impliedParts } from '@tributary/functions/identity/place';
import { teach } from '@tributary/functions/identity/teach';
import { patternsOf, uniform, vectors } from './support';

/** Given name (equal, swapped with the surname, else), surname, date of birth. */
const truth: MatchParameters = {
  lambda: 0.3,
  comparisons: [
    { m: [0.8, 0.1, 0.1], u: [0.02, 1e-5, 0.97999] },
    { m: [0.85, 0.15], u: [0.01, 0.99] },
    { m: [0.9, 0.1], u: [0.01, 0.99] },
  ],
};
const LEVELS = [3, 2, 2];

// Half of the rules that taught the given name ask for equal surnames: 1.7% were swapped, of 3.6%.
test('names of which one is equal do not teach how often both are swapped', () => {
  const pairs = [...vectors(truth, 100_000, uniform(5))].flatMap(
    ({ levels: [given, surname, born] }) => {
      // The swap says what there is to say of the surname, too.
      const levels = [given ?? -1, given === 1 ? -1 : (surname ?? -1), born ?? -1];
      const rules = (levels[1] === 0 ? 1 : 0) + (levels[2] === 0 ? 2 : 0);
      return rules === 0 ? [] : [{ levels, rules }];
    },
  );
  const bySurname = { name: 'surname', number: 0, decides: [1] };
  const byBirth = { name: 'date_of_birth', number: 1, decides: [2] };
  const swapped = (bends: readonly number[]) => {
    const rules = [{ ...bySurname, bends }, byBirth];
    return teach(patternsOf(LEVELS, pairs), rules, truth, truth).parameters.comparisons[0]?.m[1];
  };
  expect(swapped([])).toBeCloseTo(0.05, 2);
  expect(swapped([0, 1])).toBeCloseTo(0.1, 2);
  // Where nothing else teaches it, what there is must do.
  const alone = [{ ...bySurname, bends: [0, 1] }];
  const found = teach(patternsOf(LEVELS, pairs), alone, truth, truth);
  expect(found.taught).toEqual([true, false, true]);
});

test('who shares a postcode shares its town: rules of the one do not learn by the other', () => {
  const comparisons = [0.02, 0.01, 0.001].map((u) => ({ m: [0.9, 0.1], u: [u, 1 - u] }));
  // Town, postcode, street.
  const bits = Math.log2(0.99 / 0.02);
  const place = { members: [0, 1, 2], moved: 0.2, together: [0, 0, 0, bits, 0, 0, 0, bits] };
  const implied = (agreed: readonly number[]) =>
    impliedParts({ lambda: 0.1, comparisons }, place, agreed);
  expect(implied([1])).toEqual([0]);
  expect(implied([1, 2])).toEqual([0]);
  expect(implied([0])).toEqual([]);
  expect(implied([7])).toEqual([]);
});

/** Given name, surname, mailbox (equal, alike, else), date of birth. */
const customers: MatchParameters = {
  lambda: 0.01,
  comparisons: [
    { m: [0.8, 0.2], u: [0.01, 0.99] },
    { m: [0.8, 0.2], u: [0.01, 0.99] },
    { m: [0.7, 0.2, 0.1], u: [1e-6, 1e-3, 1 - 1e-3 - 1e-6] },
    { m: [0.9, 0.1], u: [1e-3, 1 - 1e-3] },
  ],
  given: [{ comparison: 2, of: [0, 1], u: Array(4).fill([1e-6, 1e-3, 1 - 1e-3 - 1e-6]) }],
};
const CUSTOMER_LEVELS = [2, 2, 3, 2];
const anybody = { name: 'anybody', number: 0, decides: [] };
const born = { name: 'born', number: 1, decides: [3] };

function* pairsWith(lambda: number, count: number) {
  const random = uniform(3);
  for (const pair of vectors({ ...customers, lambda }, count, random)) {
    yield { levels: pair.levels, rules: 1 + (random() < 0.1 ? 2 : 0) };
  }
}

test('strangers whose mailboxes look alike because of a name are not taken for persons', () => {
  const strangers = [...pairsWith(0, 100_000)];
  // With the mailbox goes one name, and nothing else.
  const alike = [...pairsWith(0, 2_000)].map(({ levels, rules }, at) => ({
    levels: [at % 2, 1 - (at % 2), 1, levels[3] ?? -1],
    rules,
  }));
  const patterns = patternsOf(CUSTOMER_LEVELS, [...strangers, ...alike]);
  const none = [false, false, false, false];
  expect(teach(patterns, [anybody], customers, customers).taught).toEqual(none);
  // With the date decided names and mailboxes are the only fact, and of the names it is now one, now the other.
  expect(teach(patterns, [anybody, born], customers, customers).taught).toEqual(none);
  expect(teach(patterns, [born], customers, customers).taught).toEqual(none);
  const persons = patternsOf(CUSTOMER_LEVELS, [...pairsWith(0.01, 100_000)]);
  expect(teach(persons, [anybody, born], customers, customers).taught).not.toContain(false);
});
