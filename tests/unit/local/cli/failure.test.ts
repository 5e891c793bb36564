import { UserError } from '@tributary/functions/shared/errors';
import { reportFailure } from '@tributary/local/cli/failure';
import { CommanderError } from 'commander';

let written: string;
const exitCode = process.exitCode;

beforeEach(() => {
  written = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => {
  expect(process.exitCode).toBe(1);
  // Else jest itself would end with it.
  process.exitCode = exitCode;
  jest.restoreAllMocks();
});

test('what a person can mend is one sentence', () => {
  reportFailure(new UserError('costs.csv, line 3 is empty: remove it.'));
  expect(written).toBe('Error: costs.csv, line 3 is empty: remove it.\n');
});

test('what BigQuery refused is a sentence too', () => {
  const refusal = Object.assign(new Error('Syntax error at [1:11]'), {
    code: 400,
    errors: [{ reason: 'invalidQuery', message: 'Syntax error at [1:11]' }],
  });
  reportFailure(refusal);
  expect(written).toBe('Error: Syntax error at [1:11].\n');
});

test.each([
  ['an error of ours', new TypeError('x is undefined')],
  ['a failure inside', Object.assign(new Error('x'), { errors: [{ reason: 'internalError' }] })],
])('%s keeps its stack', (_name, error) => {
  reportFailure(error);
  expect(written).toMatch(/^Unexpected error, please report it with these lines:\n/);
  expect(written).toContain('failure.test.ts');
});

test('what the option parser said already is not said again', () => {
  reportFailure(new CommanderError(1, 'commander.missingArgument', 'missing'));
  expect(written).toBe('');
});
