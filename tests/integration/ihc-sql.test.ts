import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import type { JourneyColumns } from '@tributary/functions/attribution/ihc/journeys';
import { modelFor } from '@tributary/functions/attribution/ihc/model';
import {
  type IhcParameters,
  parseParameters,
} from '@tributary/functions/attribution/ihc/parameters';
import { type Scores, scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { toStoredRow } from '@tributary/functions/attribution/stored-parameters';
import { draws, SEED } from '../support/draws';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { type JourneyRow, RESET_HOURS, randomJourneys } from '../support/random-journeys';

const JOURNEYS = draws(3000);

jest.setTimeout(draws(240_000));

/** Scores are the same on both sides to this. */
const TOLERANCE = 1e-9;
const PHASES = ['initializer', 'holder', 'closer', 'ihc'] as const;

const likeTrained = {
  phase_weights: { initializer: 0.32, holder: 0.38, closer: 0.3 },
  reset_gap_hours: RESET_HOURS,
  initializer_curve: {
    gap_hours: [0, 1.7, 10.2, 10.2, 30, RESET_HOURS],
    membership: [0, 0, 0.1, 0.4, 0.35, 1],
  },
  closer_curve: { hours_to_conversion: [0.1, 2, 11.5, 45.5], membership: [1, 0.7, 0.2, 0] },
  channel_weights: {
    Direct: { initializer: 0.61, holder: 0.99, closer: 1.28 },
    'Paid Search': { initializer: 1.32, holder: 0.89, closer: 0.95 },
    'Never Seen': { initializer: 2, holder: 2, closer: 2 },
  },
};

/** Parameters at the borders of what a document may say. */
const documents: Readonly<Record<string, object>> = {
  'as trained': likeTrained,
  'without reset': { ...likeTrained, reset_gap_hours: null },
  'without holders': { ...likeTrained, phase_weights: { initializer: 1, holder: 0, closer: 3 } },
  'holders alone': { ...likeTrained, phase_weights: { initializer: 0, holder: 1, closer: 0 } },
  'one knot': {
    ...likeTrained,
    channel_weights: {},
    initializer_curve: { gap_hours: [5], membership: [0.25] },
    closer_curve: { hours_to_conversion: [0], membership: [0.5] },
  },
  'weights of 0': {
    ...likeTrained,
    channel_weights: {
      Direct: { initializer: 0, holder: 0, closer: 0 },
      Newsletter: { initializer: 0, holder: 1, closer: 0 },
      // Next to nothing: its sums have all digits, too.
      Organic: { initializer: 1e-9, holder: 1e-9, closer: 1e-9 },
    },
  },
};

const rows = randomJourneys(SEED, JOURNEYS);
let project: ProjectWarehouse;

beforeAll(async () => {
  project = await openProjectWarehouse();
  await project.warehouse.load('journey_sessions', rows.map(toRawRow));
  await project.run({ only: ['touchpoints'] });
});
afterAll(async () => {
  await project?.close();
});

let trainings = 0;

test.each(Object.keys(documents))(`SQL and TypeScript agree, %s (seed ${SEED})`, async (name) => {
  const parameters = parseParameters(documents[name], name);
  const inSql = await scoreInSql(parameters);
  const { scores, sessions } = scoreInTypeScript(parameters);

  expect(inSql.size).toBe(sessions.length);
  const worst = { difference: 0, where: '' };
  sessions.forEach((row, index) => {
    const found = inSql.get(row.session_id);
    for (const phase of PHASES) {
      const difference = Math.abs(
        (found?.[phase] ?? Number.NaN) - (scores[phase][index] as number),
      );
      if (!(difference <= worst.difference)) {
        Object.assign(worst, { difference, where: `${phase} of ${row.session_id}` });
      }
    }
  });
  if (!(worst.difference <= TOLERANCE)) {
    throw new Error(`${worst.where} differs by ${worst.difference} (seed ${SEED}).`);
  }
});

type Score = Record<(typeof PHASES)[number], number>;

/** The parameters trained last count: each test adds its own as newer ones. */
async function scoreInSql(parameters: IhcParameters): Promise<Map<string, Score>> {
  trainings += 1;
  const trained = {
    ...parameters,
    conversion_type: 'conversion',
    model_version: `test-${trainings}`,
    trained_at: new Date(Date.UTC(2026, 0, 1, 0, trainings)).toISOString(),
  };
  await project.warehouse.load('ihc_parameters', [toStoredRow(trained)]);
  await project.run({ only: ['int_attribution__ihc'], without: ['touchpoints'] });
  const found = await project.warehouse.query<{ session_id: string } & Score>(
    'SELECT session_id, initializer, holder, closer, ihc FROM int_attribution__ihc',
  );
  return new Map(found.map((row) => [row.session_id, row]));
}

/** Scores, and the row that each of them belongs to. */
function scoreInTypeScript(parameters: IhcParameters): {
  scores: Scores;
  sessions: JourneyRow[];
} {
  const { journeys } = buildJourneys(toColumns(rows));
  const scores = scoreJourneys(journeys, modelFor(parameters, journeys.channels));
  return { scores, sessions: Array.from(journeys.row, (row) => rows[row] as JourneyRow) };
}

function toColumns(sessions: readonly JourneyRow[]): JourneyColumns {
  const journeyIds = [...new Set(sessions.map((row) => row.conversion_id))];
  const channels = [...new Set(sessions.map((row) => row.channel))];
  const journeyOf = new Map(journeyIds.map((id, index) => [id, index]));
  return {
    rowCount: sessions.length,
    journey: Int32Array.from(sessions, (row) => journeyOf.get(row.conversion_id) as number),
    journeyIds,
    sessionIds: sessions.map((row) => row.session_id),
    time: Float64Array.from(sessions, (row) => row.time),
    channel: Int32Array.from(sessions, (row) => channels.indexOf(row.channel)),
    channels,
    holder: Uint8Array.from(sessions, (row) => row.holder_engagement),
    closer: Uint8Array.from(sessions, (row) => row.closer_engagement),
    conversion: Uint8Array.from(sessions, (row) => Number(row.is_conversion)),
  };
}

function toRawRow({ time, ...row }: JourneyRow) {
  const seconds = new Date(Math.floor(time / 1e6) * 1000).toISOString().slice(0, 19);
  const occurred_at = `${seconds}.${String(time % 1e6).padStart(6, '0')}Z`;
  return { ...row, occurred_at, is_impression: false, ingested_at: '2026-11-01T00:00:00Z' };
}
