import { aggregateFamilies, scalarFamilies } from '@tributary/local/bigquery/functions';
import { type ProofReport, proveFunctions } from '@tributary/local/bigquery/functions/prove';

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
  it.each(FAMILIES)(
    'answers as the reference engine does: %s',
    async (family) => {
      const report: ProofReport = await proveFunctions({ only: [family] });
      const faults = report.functions.flatMap((entry) => entry.disagreements);
      expect(faults).toEqual([]);
      expect(report.functions.filter((entry) => entry.caseCount === 0)).toEqual([]);
      expect(report.provenCount).toBe(report.functions.length);
    },
    180_000,
  );
});
