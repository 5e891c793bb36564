import { bitsOf } from '@tributary/functions/identity/log-odds';
import { type MatchParameters, weightsOf } from '@tributary/functions/identity/parameters';
import { teach } from '@tributary/functions/identity/teach';
import { trainMatching } from '@tributary/functions/identity/train';
import { patternsOf, uniform, vectors, withMovers } from './support';

const truth: MatchParameters = {
  lambda: 0.01,
  comparisons: [
    { m: [0.8, 0.12, 0.08], u: [0.01, 0.01, 0.98] },
    { m: [0.7, 0.2, 0.1], u: [0.02, 0.03, 0.95] },
    { m: [0.85, 0.05, 0.1], u: [0.005, 0.015, 0.98] },
    { m: [0.9, 0.1], u: [0.1, 0.9] },
  ],
};
const names = ['given_name', 'surname', 'date_of_birth', 'city'];
const comparisons = truth.comparisons.map(({ m }, at) => ({
  name: names[at] ?? '',
  levels: m.slice(1).map((_, level) => `level ${level}`),
}));
const levelCounts = truth.comparisons.map(({ m }) => m.length);
const PAIRS = 200_000;
const all = [...vectors(truth, PAIRS, uniform(3))];
/** Each of the first three comparisons is a rule of its own: equal values make a pair. */
const rules = [0, 1, 2].map((at) => ({ name: names[at] ?? '', number: at, decides: [at] }));
const candidates = patternsOf(
  levelCounts,
  all.flatMap(({ levels }) => {
    const mask = rules.reduce(
      (sum, { number }) => sum + (levels[number] === 0 ? 2 ** number : 0),
      0,
    );
    return mask === 0 ? [] : [{ levels, rules: mask }];
  }),
);
const input = {
  comparisons,
  candidates,
  candidateScale: 1,
  random: patternsOf(levelCounts, all),
  rules,
  possiblePairs: PAIRS,
};

test('lambda, m and u are learnt from what blocking rules let through', () => {
  const { parameters, converged, diagnostics } = trainMatching(input);
  expect(converged).toBe(true);
  expect(diagnostics.warnings).toEqual([]);
  expect(Math.abs(diagnostics.expectedMatches / (truth.lambda * PAIRS) - 1)).toBeLessThan(0.05);
  for (const [at, { m, u }] of truth.comparisons.entries()) {
    for (const [level, value] of m.entries()) {
      expect(Math.abs((parameters.comparisons[at]?.m[level] ?? 9) - value)).toBeLessThan(0.03);
    }
    for (const [level, value] of u.entries()) {
      expect(Math.abs((parameters.comparisons[at]?.u[level] ?? 9) - value)).toBeLessThan(0.01);
    }
  }
});

test('matches among the random pairs do not count as chance', () => {
  // Of ten persons with ten records each, every tenth random pair is a match.
  const many = { ...truth, lambda: 0.1 };
  const pairs = [...vectors(many, 50_000, uniform(5))];
  const everything = patternsOf(
    levelCounts,
    pairs.map(({ levels }) => ({ levels })),
  );
  const { parameters } = trainMatching({
    ...input,
    candidates: everything,
    random: everything,
    rules: [{ name: 'all pairs', number: 0, decides: [] }],
    possiblePairs: pairs.length,
  });
  expect(parameters.comparisons[0]?.u[0]).toBeCloseTo(0.01, 2);
  expect(parameters.lambda).toBeCloseTo(0.1, 2);
});

test('a level never observed, a column without values and one that no rule teaches are warnings', () => {
  const rows = [...vectors(truth, 50_000, uniform(9))].map(({ levels: [a = 0, b = 0, c = 0] }) => ({
    levels: [a, b === 1 ? 2 : b, c, -1],
    rules: 1,
  }));
  const patterns = patternsOf(levelCounts, rows);
  const { parameters, diagnostics } = trainMatching({
    ...input,
    candidates: patterns,
    random: patterns,
    rules: [{ name: 'date_of_birth', number: 0, decides: [2] }],
    possiblePairs: rows.length,
  });
  expect(diagnostics.warnings).toEqual([
    'surname: never observed: level 1.',
    'No blocking rule could teach date_of_birth; its m is the first guess.',
    'city never has a value on both sides; it says nothing.',
  ]);
  expect(parameters.comparisons[1]?.m[1]).toBeGreaterThan(0);
});

test('where no two records are one person, a later one still can be', () => {
  const strangers = [...vectors({ ...truth, lambda: 0 }, 50_000, uniform(11))];
  const patterns = patternsOf(
    levelCounts,
    strangers.map(({ levels }) => ({ levels })),
  );
  const { parameters, diagnostics } = trainMatching({
    ...input,
    candidates: patterns,
    random: patterns,
    rules: [{ name: 'all pairs', number: 0, decides: [] }],
    possiblePairs: strangers.length,
  });
  expect(diagnostics.expectedMatches).toBeGreaterThanOrEqual(1);
  const best = weightsOf(parameters).reduce((sum, [exact = 0]) => sum + exact, 0);
  expect(bitsOf(parameters.lambda) + best).toBeGreaterThan(0);
});

// Of a million generated records, namesakes with one mailbox counted as one person, and so taught that every
// fourteenth person has two dates of birth.
test('strangers of a mailbox agree in their names, and do not teach that persons differ in the rest', () => {
  const random = uniform(13);
  const strangers = { ...truth, lambda: 0 };
  const ofMailbox = [...vectors({ ...truth, lambda: 1 }, 7_000, random)].concat(
    [...vectors(strangers, 3_000, random)].map(({ levels: [, , ...rest], isMatch }) => ({
      levels: [0, 0, ...rest],
      isMatch,
    })),
  );
  const learn = (tells: readonly number[]) => {
    const { parameters } = trainMatching({
      ...input,
      candidates: patternsOf(
        levelCounts,
        ofMailbox.map(({ levels }) => ({ levels })),
      ),
      rules: [{ name: 'email', number: 0, decides: [], tells }],
    });
    return parameters.comparisons.map(({ m }) => m);
  };
  const [given, , born] = learn([0, 1]);
  expect(born?.[2]).toBeCloseTo(truth.comparisons[2]?.m[2] ?? 9, 1);
  expect(learn([])[2]?.[2]).toBeGreaterThan(0.3);
  // Nothing else teaches names here, so the mailbox does.
  expect(given?.[0]).toBeGreaterThan(0.75);
  expect(given?.[0]).not.toBe(0.8);
});

test('a rule that leaves one fact open is learnt with all that its keys do not decide', () => {
  const rows = [...vectors({ ...truth, lambda: 0.9 }, 20_000, uniform(17))].map(({ levels }) => ({
    levels: [levels[0] ?? 0, levels[1] ?? 0, -1, levels[3] ?? 0],
  }));
  const { diagnostics } = trainMatching({
    ...input,
    candidates: patternsOf(levelCounts, rows),
    rules: [{ name: 'email', number: 0, decides: [], tells: [0, 1] }],
  });
  expect(diagnostics.rules[0]?.lambda).toBeCloseTo(0.9, 1);
});

test('how many moved is learnt of rules that leave the place open', () => {
  const moving = { ...truth, lambda: 0.05, place: { members: [2, 3], moved: 0.3, together: [] } };
  const rows = [...withMovers(moving, 200_000, uniform(19))].map(({ levels }) => ({
    levels,
    rules: (levels[0] === 0 ? 1 : 0) + (levels[3] === 0 ? 2 : 0),
  }));
  const rules = [
    { name: 'given_name', number: 0, decides: [0] },
    { name: 'city', number: 1, decides: [3] },
  ];
  const learn = (own: typeof rules) =>
    trainMatching({
      ...input,
      candidates: patternsOf(
        levelCounts,
        rows.filter(({ rules: mask }) => mask > 0),
      ),
      random: patternsOf(levelCounts, rows),
      rules: own,
      places: [2, 3],
    }).parameters.place;
  expect(learn(rules)?.moved).toBeCloseTo(0.3, 1);
  // Of pairs that share a town nobody can tell: then nobody moved.
  expect(learn(rules.slice(1))?.moved).toBe(0);
});

// With a town that nobody had, m of the postcode was that of those who stayed, and nobody moved: differing in it spoke
// by half as much again against one person.
test('a part of a place that is empty, or the same everywhere, leaves the others as they are alone', () => {
  const rows = [...vectors({ ...truth, lambda: 0.05 }, 100_000, uniform(23))];
  const learn = (town: number, places?: readonly number[]) => {
    const patterns = patternsOf(
      levelCounts,
      rows.map(({ levels: [given = 0, surname = 0, postcode = 0] }) => ({
        levels: [given, surname, postcode, town],
        rules: given === 0 ? 1 : 0,
      })),
    );
    return trainMatching({
      ...input,
      candidates: patterns,
      random: patterns,
      rules: [{ name: 'given_name', number: 0, decides: [0] }],
      ...(places && { places }),
    }).parameters;
  };
  for (const town of [-1, 0]) {
    const found = learn(town, [2, 3]);
    expect(found.place?.moved).toBe(0);
    for (const [level, value] of (learn(town).comparisons[2]?.m ?? []).entries()) {
      expect(found.comparisons[2]?.m[level]).toBeCloseTo(value, 3);
    }
  }
});

test('what strangers share of a place is what the round knows of it, not the first guess', () => {
  const place = { members: [2, 3], moved: 0.1, together: [0, 0, 0, 3] };
  const teachFrom = (together: readonly number[]) => {
    const first = { ...truth, place: { ...place, together } };
    return teach(candidates, rules.slice(0, 1), { ...truth, place }, first).parameters;
  };
  expect(teachFrom([])).toEqual(teachFrom(place.together));
});
