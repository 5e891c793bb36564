import { aggregateFamilies, scalarFamilies } from '@tributary/local/bigquery/functions';
import { type Engines, startEngines } from '@tributary/local/bigquery/functions/proof/engines';
import { proveFunctions } from '@tributary/local/bigquery/functions/prove';

/** The proof starts a server process; where its optional package is missing there is no proof. */
function hasReferenceEngine(): boolean {
  try {
    require.resolve('@fivetrandevelopers/zetasql');
    return true;
  } catch {
    return false;
  }
}

const FAMILIES = [...Object.keys(scalarFamilies), ...Object.keys(aggregateFamilies), 'cast'];
const suite = hasReferenceEngine() ? describe : describe.skip;

suite('proveFunctions', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines.close());

  it.each(FAMILIES)(
    'answers as the reference engine does: %s',
    async (family) => {
      const proofs = await proveFunctions({ only: [family], engines });
      expect(proofs.flatMap((proof) => proof.disagreements)).toEqual([]);
      expect(proofs.flatMap((proof) => proof.unknowns)).toEqual([]);
      expect(proofs.filter((proof) => proof.caseCount === 0)).toEqual([]);
    },
    180_000,
  );

  it('gives up on what the reference engine never answers, and asks on', async () => {
    const hasty = await startEngines(0.3);
    try {
      const answers = await hasty.reference(["EXP(NUMERIC '1')", '1 + 1']);
      expect(answers.map(({ kind }) => kind)).toEqual(['unknown', 'value']);
    } finally {
      await hasty.close();
    }
  });

  it('names the families where there is none of that name', async () => {
    await expect(proveFunctions({ only: ['dates'], engines })).rejects.toThrow(
      /"dates" is no function or family of the allow-list; the families are comparison,/,
    );
  });
});
