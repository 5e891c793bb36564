import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import { toStoredRow } from '@tributary/functions/attribution/stored-parameters';
import { loadDemo } from '@tributary/local/demo/load-demo';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, type Rows, tableRows } from '../support/table-rows';
import { simpleParameters } from '../unit/functions/attribution/support';

jest.setTimeout(300_000);

/** A shop whose data arrives in four parts, cut in the middle of days and visits. */
const SHOP = { persons: 150, days: 30, seed: 3, end: '2026-10-31' };
const CUTS = ['2026-10-12T10:17:00Z', '2026-10-22T16:45:30Z', '2026-10-25T05:30:00Z'] as const;

const clock = () => new Date('2026-11-01T12:00:00Z');
let project: ProjectWarehouse;
/** All tables after the last run. */
let grown: Rows;

beforeAll(async () => {
  project = await openProjectWarehouse();
  const types = ['registration', 'first_order', 'return_order'];
  await project.warehouse.load('ihc_parameters', types.map(parametersOf).map(toStoredRow));
  const parts = [
    { receivedBefore: CUTS[0] },
    { receivedFrom: CUTS[0], receivedBefore: CUTS[1] },
    // In BigQuery each statement of a script stays done, however the script ends.
    { receivedFrom: CUTS[1], receivedBefore: CUTS[2], stops: true },
    { receivedFrom: CUTS[2] },
  ];
  for (const { stops = false, ...window } of parts) {
    await loadDemo({ warehouse: project.warehouse, clock, input: { ...SHOP, ...window } });
    await project.run({ stopsBeforePostOperations: stops });
  }
  grown = await readTables();
});
afterAll(async () => {
  await project?.close();
});

/** The shop is too small to train on; what was trained is no matter of this test. */
function parametersOf(conversionType: string): IhcParameters {
  return {
    ...simpleParameters,
    conversion_type: conversionType,
    model_version: 'test-1',
    trained_at: '2026-01-01T00:00:00Z',
  };
}

test('the data reaches every stage, and what must be conserved is', async () => {
  for (const table of [
    'sessions',
    'customers',
    'touchpoints',
    'int_attribution__ihc',
    'rpt_paths',
  ]) {
    expect([table, grown.get(table)?.length]).not.toEqual([table, 0]);
  }
  expect(await project.failedAssertions()).toEqual([]);
});

test('running once more changes nothing', async () => {
  await project.run();
  expect(describeDifference(grown, await readTables())).toBe('');
});

test('runs over growing data, one of which stopped in each of its scripts, equal one full refresh', async () => {
  await project.run({ fullRefresh: true });
  expect(describeDifference(grown, await readTables())).toBe('');
});

function readTables(): Promise<Rows> {
  return tableRows(
    project.warehouse,
    project.models.map((model) => model.target.name),
  );
}
