import { proofAsJson, proofAsText } from '@tributary/local/bigquery/functions/proof/report';

const proofs = [
  {
    family: 'string',
    name: 'lower',
    signature: 'LOWER(s)',
    caseCount: 3,
    disagreements: [],
    unknowns: [],
  },
  {
    family: 'date',
    name: 'date_add',
    signature: `DATE_ADD(date, ${'INTERVAL n part, '.repeat(6)})`,
    caseCount: 2,
    disagreements: [
      {
        expression: `DATE_ADD(DATE '2024-01-31', ${'INTERVAL 1 MONTH '.repeat(8)})`,
        reference: '"2024-02-29"',
        duck: '"2024-03-02"',
      },
    ],
    unknowns: [],
  },
];

describe('proofAsText', () => {
  it('prints families, totals and the cases that differ', () => {
    const text = proofAsText(proofs);
    expect(text).toMatch(/^string +1 +3 +3$/m);
    expect(text).toMatch(/^date +1 +2 +1$/m);
    expect(text).toMatch(/^all +2 +5 +4$/m);
    expect(text).toMatch(/Google +"2024-02-29"/);
    expect(text).toMatch(/1 of 5 cases differ\.$/);
  });

  it('counts what is unknown neither as equal nor as different', () => {
    const [lower, add] = proofs;
    if (!lower || !add) throw new Error('no proofs');
    const text = proofAsText([{ ...lower, unknowns: ["LOWER('x')"] }, add]);
    expect(text).toMatch(/^string +1 +3 +2$/m);
    expect(text).toMatch(/case +LOWER\('x'\)\n +Google +no answer in time/);
    expect(text).toMatch(/1 of 5 cases differ, 1 are unknown\.$/);
  });

  it('fits 80 columns', () => {
    expect(
      Math.max(
        ...proofAsText(proofs)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(81);
  });

  it('says so where all are equal', () => {
    expect(proofAsText(proofs.slice(0, 1))).toMatch(/All 3 cases are answered as Google's/);
  });
});

describe('proofAsJson', () => {
  it('holds totals and every function', () => {
    const json = JSON.parse(proofAsJson(proofs)) as object;
    expect(json).toMatchObject({ functionCount: 2, caseCount: 5, equal: 4 });
  });
});
