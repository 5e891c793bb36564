import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCredits } from '@tributary/functions/attribution/exposures/check-credits';
import { CreditTable } from '@tributary/functions/attribution/exposures/credit-table';
import {
  type Exposures,
  openExposures,
} from '@tributary/functions/attribution/exposures/open-exposures';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import { type Exposure, randomExposures, readParquet, writeExposures } from './exposed-shop';

const folder = mkdtempSync(join(tmpdir(), 'exposures-'));
let open: Exposures | undefined;
afterEach(() => {
  open?.close();
  open = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function exposed(rows: readonly Exposure[]): Promise<Exposures> {
  open = await openExposures(await writeExposures(folder, rows));
  return open;
}

const some: Exposure[] = [
  {
    journey: 'c1',
    customer: 'k',
    session: 's2',
    position: 2,
    channel: 'b',
    hoursToEnd: 0,
    closer: 1,
  },
  {
    journey: 'c1',
    customer: 'k',
    session: 's1',
    position: 1,
    channel: 'a',
    hoursToEnd: 30,
    holder: 1,
  },
  { journey: 'c0', customer: 'k', session: null, endDay: 3 },
  { journey: 'o1', customer: 'j', isConverted: false, session: 's9', channel: 'b', hoursToEnd: 5 },
  { type: 'other', journey: 'c1', session: 's1', channel: 'z', hoursToEnd: 1 },
];

describe('read', () => {
  it('gives journeys and touches in one order, whatever that of the files', async () => {
    const exposures = await exposed(some);
    expect(exposures.conversionTypes).toEqual(['first_order', 'other']);
    const { journeys, customer } = await exposures.read('first_order');
    expect(journeys).toEqual({
      journeyCount: 3,
      touchCount: 3,
      offsets: Uint32Array.of(0, 0, 2, 3),
      channels: ['a', 'b'],
      channel: Uint16Array.of(0, 1, 1),
      conversions: Float64Array.of(1, 1, 0),
      nulls: Float64Array.of(0, 0, 1),
      hoursToEnd: Float64Array.of(30, 0, 5),
      hoursObserved: Float64Array.of(0, 30, 5),
      endDay: Int32Array.of(20457, 20454, 20454),
      holder: Uint8Array.of(1, 0, 0),
      closer: Uint8Array.of(0, 1, 0),
    });
    expect(Array.from(customer)).toEqual([1, 1, 0]);
  });

  it('has all rows of more than one block', async () => {
    const rows = randomExposures(3000);
    const { journeys } = await (await exposed(rows)).read('first_order');
    expect([journeys.journeyCount, journeys.touchCount]).toEqual([3000, rows.length]);
    expect(journeys.offsets[3000]).toBe(rows.length);
    const hours = rows.map(({ hoursToEnd }) => hoursToEnd);
    expect(Array.from(journeys.hoursToEnd)).toEqual(hours);
  });

  it('knows no type without rows', async () => {
    expect((await exposed([])).conversionTypes).toEqual([]);
  });
});

describe('CreditTable', () => {
  it('writes the credits of converted journeys beside their ids', async () => {
    const exposures = await exposed(some);
    const table = new CreditTable(exposures);
    for (const type of exposures.conversionTypes) {
      const typed = await exposures.read(type);
      const credits = heuristicCredits(typed.journeys, 'linear');
      await table.add({ model: "o'linear", modelVersion: 'v' }, typed, credits);
    }
    const file = join(folder, 'credits.parquet');
    await table.writeParquet(file);
    const common = { model: "o'linear", model_version: 'v', conversion_id: 'c1' };
    const at = expect.stringMatching(/^2026-01-01 12:00:00\+00/);
    expect(await readParquet(file)).toEqual([
      {
        ...common,
        conversion_type: 'first_order',
        converted_at: at,
        session_id: 's1',
        credit_share: 0.5,
      },
      {
        ...common,
        conversion_type: 'first_order',
        converted_at: at,
        session_id: 's2',
        credit_share: 0.5,
      },
      { ...common, conversion_type: 'other', converted_at: at, session_id: 's1', credit_share: 1 },
    ]);
  });

  it('keeps models of a type apart', async () => {
    const exposures = await exposed(some);
    const table = new CreditTable(exposures);
    const typed = await exposures.read('first_order');
    for (const model of ['first', 'last'] as const) {
      const credits = heuristicCredits(typed.journeys, model);
      await table.add({ model, modelVersion: `of ${model}` }, typed, credits);
    }
    const file = join(folder, 'models.parquet');
    await table.writeParquet(file);
    const rows = await readParquet(file);
    expect(
      rows.map(({ model, model_version, session_id, credit_share }) => [
        model,
        model_version,
        session_id,
        credit_share,
      ]),
    ).toEqual([
      ['first', 'of first', 's1', 1],
      ['first', 'of first', 's2', 0],
      ['last', 'of last', 's1', 0],
      ['last', 'of last', 's2', 1],
    ]);
  });

  it('has the columns, where there is nothing to write', async () => {
    const table = new CreditTable(await exposed([]));
    const file = join(folder, 'empty.parquet');
    await table.writeParquet(file);
    expect(await readParquet(file)).toEqual([]);
  });
});

describe('checkCredits', () => {
  it.each([
    ['too much', { credit: [0.5, 0.5, 0], baseShare: [1, 0.1, 0] }, /shares out 1\.1/],
    ['no number', { credit: [Number.NaN, 0.5, 0], baseShare: [1, 0.5, 0] }, /shares out NaN/],
    ['less than nothing', { credit: [-0.5, 1.5, 0], baseShare: [1, 0, 0] }, /least share -0\.5/],
  ])('refuses %s', async (_, { credit, baseShare }, message) => {
    const { journeys } = await (await exposed(some)).read('first_order');
    const credits = {
      credit: Float64Array.from(credit),
      baseShare: Float64Array.from(baseShare),
    };
    expect(() => checkCredits('m', 'first_order', journeys, credits)).toThrow(message);
  });
});
