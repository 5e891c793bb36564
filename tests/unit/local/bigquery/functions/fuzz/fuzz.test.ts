import { aggregateFunctions, scalarFunctions } from '@tributary/local/bigquery/functions';
import {
  FUZZ_CALLS,
  fuzzAsText,
  fuzzFunctions,
} from '@tributary/local/bigquery/functions/fuzz/fuzz';
import { type Engines, startEngines } from '@tributary/local/bigquery/functions/proof/engines';
import { draws, SEED } from '../../../../../support/draws';

jest.setTimeout(draws(120_000));

/** The reference engine is an optional package; without it there is nothing to compare with. */
function hasReferenceEngine(): boolean {
  try {
    require.resolve('@fivetrandevelopers/zetasql');
    return true;
  } catch {
    return false;
  }
}

/** The reference engine lacks it, and no function it has says the same. */
const UNKNOWN_TO_THE_REFERENCE = ['edit_distance'];

describe('the calls of the fuzzer', () => {
  it('are there for every function of the allow-list', () => {
    const names = [...scalarFunctions.keys(), ...aggregateFunctions.keys()];
    expect(names.filter((name) => FUZZ_CALLS[name] === undefined)).toEqual(
      UNKNOWN_TO_THE_REFERENCE,
    );
  });

  it('name no function that the allow-list lacks', () => {
    const strangers = Object.keys(FUZZ_CALLS).filter(
      (name) =>
        !name.startsWith('CAST(') && !scalarFunctions.has(name) && !aggregateFunctions.has(name),
    );
    expect(strangers).toEqual([]);
  });
});

(hasReferenceEngine() ? describe : describe.skip)('fuzzFunctions', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines.close());

  it(`finds no wrong answer to one call of each function (seed ${SEED})`, async () => {
    const calls = draws(Object.keys(FUZZ_CALLS).length);
    const report = await fuzzFunctions({ engines, seed: SEED, calls });
    const wrong = report.findings.filter(({ kind }) => kind === 'wrong');
    expect(wrong).toEqual([]);
    expect(report.calls).toBe(calls);
  });

  it('makes the same calls from the same seed', async () => {
    const options = { engines, seed: 5, calls: 6, only: ['date_add', 'json_value'] };
    expect(await fuzzFunctions(options)).toEqual(await fuzzFunctions(options));
  });

  it('sums up in one line', () => {
    expect(fuzzAsText({ seed: 3, calls: 10, refused: 2, unknown: 0, findings: [] })).toBe(
      '10 calls (seed 3): 0 wrong, 0 errors where Google answers, 2 refused, 0 unknown',
    );
  });
});
