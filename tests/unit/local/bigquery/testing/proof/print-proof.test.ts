import {
  proofExitCode,
  proofLine,
  proofSummary,
} from '@tributary/local/bigquery/testing/proof/print-proof';

const equal = {
  ...{ model: 'orders', run: 'full refresh' as const, rowsIn: 10, rowsOut: 5 },
  ...{ referenceSeconds: 0.1, duckSeconds: 0.1, differences: [] },
};
const left = { ...equal, model: 'loads', rowsIn: 0, rowsOut: 0, leftOut: 'it asks for RAND' };
const options = { rows: 10, seed: 1 };

test('one run of one model', () => {
  expect(proofSummary([equal], options)).toMatch(
    /^1 run of 1 model, 10 random rows a table, seed 1: all equal\.\n/,
  );
});

test('a model that was left out does not count as equal', () => {
  expect(proofLine(left)).toMatch(/^loads .* left\n {4}it asks for RAND$/);
  const summary = proofSummary([equal, left], options);
  expect(summary).toMatch(/^1 run of 1 model, .*: all equal\.\n1 model left out: /);
  expect(summary).not.toContain('made no rows');
  expect(proofSummary([left], options)).toMatch(/^0 runs of 0 models, .*: nothing compared\.$/m);
});

test('a model that the reference engine gave up is neither equal nor different', () => {
  const unknown = { ...equal, model: 'shares', notCompared: 'too many rows' };
  const different = { ...equal, model: 'costs', differences: ['another row'] };
  expect(proofLine(unknown)).toMatch(
    /^shares .* unknown\n {4}not compared, the reference engine gave up: too many rows$/,
  );
  expect(proofSummary([unknown], { rows: 10_000, seed: 1 })).toMatch(
    /: nothing compared\.\nWhat was not compared is not proven: try fewer rows, --rows 4000\.\n/,
  );
  expect(proofSummary([equal, different, unknown], options)).toMatch(
    /: 1 equal, 1 differ, 1 not compared\.$/m,
  );
  expect(proofSummary([equal, different], options)).toMatch(/: 1 equal, 1 differ\.$/m);
  const codes = [[equal], [equal, unknown], [unknown, different]].map(proofExitCode);
  expect(codes).toEqual([0, 2, 1]);
});
