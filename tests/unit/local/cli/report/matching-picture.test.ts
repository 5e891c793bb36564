import { matchingPicture } from '@tributary/local/cli/report/matching-picture';

const curve = [0.5, 0.9].map((threshold, at) => ({
  threshold,
  pair_count: 100,
  found_same_count: 40 - 10 * at,
  same_count: 50,
  wrongly_same_count: 1 - at,
  different_count: 200,
}));
const sizes = [
  { size: '1', customer_count: 1234, visitor_count: 1234 },
  { size: '6 to 10', customer_count: 5, visitor_count: 40 },
];

test('the picture names what it shows, and is the same for the same figures', async () => {
  const picture = await matchingPicture({ curve, sizes });
  expect(picture).toContain(
    '<title>Matching of visitors: 1,239 persons; from 0.9 on 60.0% of the pairs of one login and 0.0% of those of two</title>',
  );
  for (const words of ['one login', 'two logins', '1,234', '6-10', 'from this probability on']) {
    expect(picture).toContain(`>${words}<`);
  }
  expect(await matchingPicture({ curve, sizes })).toBe(picture);
});

test('without training there are sizes and no curve', async () => {
  const picture = await matchingPicture({ curve: [], sizes });
  expect(picture).toContain('<title>Matching of visitors: 1,239 persons</title>');
});
