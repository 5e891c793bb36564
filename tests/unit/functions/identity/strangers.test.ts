import { matchShare } from '@tributary/functions/identity/match-share';
import { strangerShares } from '@tributary/functions/identity/strangers';

/** So many pairs of one person, and of strangers, by what else is known of them: 10 bits for or against, rarely mistaken. */
const told = (bucket: number, matches: number, strangers: number) => {
  const isMistaken = 1 / (1 + 2 ** 10);
  return [
    { bucket, halves: 20, pairs: matches * (1 - isMistaken) + strangers * isMistaken },
    { bucket, halves: -20, pairs: matches * isMistaken + strangers * (1 - isMistaken) },
  ];
};

// Ten records of a person made a rare name look ten times as common.
test('of those who share a value the strangers are counted, by how many share it', () => {
  const evidence = [...told(0, 95, 5), ...told(1, 500, 500)];
  const [rare = 9, common = 9, unknown] = strangerShares(
    [100, 4_000, 0],
    evidence,
    1,
    [0.5, 0.5, 0.5],
  );
  expect(rare).toBeCloseTo(0.05, 2);
  // 3,000 pairs were made by no rule: these are strangers.
  expect(common).toBeCloseTo(0.875, 2);
  expect(unknown).toBe(1);
});

test('of a sample that holds about all pairs none are missing', () => {
  const shares = strangerShares([1_000], told(0, 490, 0), 2, [0.5]);
  expect(shares[0]).toBeLessThan(0.01);
  expect(strangerShares([1_000], told(0, 250, 0), 2, [0.5])[0]).toBeCloseTo(0.5, 1);
});

test('without other evidence the share is the guess, and never none', () => {
  expect(matchShare([{ bits: 0, pairs: 50 }], 50, 0.3)).toBeCloseTo(0.3, 9);
  expect(matchShare([{ bits: 60, pairs: 50 }], 50, 0.3)).toBeCloseTo(1 - 0.5 / 51, 9);
  expect(matchShare([], 50, 0.3)).toBeLessThan(1e-6);
});

// EM ended after 200 steps, at .0028 and .9977.
test.each([0.001, 0.9999])('weak evidence tells a share of %s exactly', (share) => {
  const pairs = 1e7;
  const agreeing = pairs * (share * 0.8 + (1 - share) * 0.2);
  const evidence = [
    { bits: 2, pairs: agreeing },
    { bits: -2, pairs: pairs - agreeing },
  ];
  expect(matchShare(evidence, pairs, 0.5)).toBeCloseTo(share, 9);
});

describe('a guess that counts as ten pairs', () => {
  const silent = { bucket: 0, halves: 0, pairs: 1_000 };

  it('stands where nothing else is known', () => {
    const [share, unseen] = strangerShares([1_000, 0], [silent], 1, [0.1, 0.7], 10);
    expect(share).toBeCloseTo(0.1, 9);
    expect(unseen).toBe(0.7);
  });

  it('outweighs two pairs of strangers, and not two hundred', () => {
    const after = (strangers: number) =>
      strangerShares(
        [1_000 + strangers],
        [silent, { bucket: 0, halves: -60, pairs: strangers }],
        1,
        [0.1],
        10,
      )[0];
    expect(after(2)).toBeCloseTo(3 / 12, 9);
    expect(after(200)).toBeCloseTo(201 / 210, 9);
  });
});
