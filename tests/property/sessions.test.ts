import { draws, SEED } from '../support/draws';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';
import { cutAtRandom, type RawEvent, randomShop } from './random-shops';
import { type ReferenceSession, referenceSessions } from './sessions-reference';

jest.setTimeout(draws(600_000));

const SHOPS = draws(240);
const RUNS = 7;

const TABLES = [
  'stg_events',
  'int_sessions__server_visitors',
  'session_events',
  'session_products',
  'int_sessions__arrivals',
  'int_sessions__sessions',
  'sessions',
];

const INCREMENTAL = ['sessions'];

/** Runs that end once the events are cut: the first two, which make no sessions at all, and a later one. */
const ENDS_EARLY = [0, 1, 4];
const EVENTS = ['int_sessions__visit_events'];

/** The models of a run: what is no incremental table is made anew in the last one as in any other. */
function modelsOf(run: number): string[] {
  if (run === RUNS - 1) return TABLES;
  return ENDS_EARLY.includes(run) ? EVENTS : INCREMENTAL;
}

const shops = Array.from({ length: SHOPS }, (_, shop) => randomShop(SEED, shop));
let project: ProjectWarehouse;

beforeAll(async () => {
  project = await openProjectWarehouse();
});
afterAll(async () => {
  await project?.close();
});

/** All shops live in one warehouse, so that one run serves each with its own part. */
test(`${SHOPS} random shops, cut at random into 1 to ${RUNS} runs (seed ${SEED})`, async () => {
  const parts = shops.map((rows, shop) => cutAtRandom(rows, SEED * 1000 + shop));
  for (let run = 0; run < RUNS; run += 1) {
    const rows = parts.flatMap((ofShop) => ofShop[run] ?? []);
    await project.warehouse.load('events', rows.map(loadable));
    await project.run({ only: modelsOf(run) });
  }
  const grown = await tableRows(project.warehouse, TABLES);
  expect(grown.get('stg_events')?.length).toBe(new Set(shops.flat().map(idOf)).size);

  // The sessions are those of the rules, written a second time.
  expect(await builtSessions()).toEqual(sorted(shops.flatMap(referenceSessions)));

  // And nothing depends on the order in which the events came.
  await project.run({ only: TABLES, fullRefresh: true });
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
});

const idOf = (event: RawEvent): string => event.event_id;

function loadable(event: RawEvent) {
  const { occurred_at, received_at, properties } = event;
  return {
    ...event,
    properties,
    occurred_at: timestamp(occurred_at),
    received_at: timestamp(received_at),
  };
}

function timestamp(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

async function builtSessions(): Promise<string[]> {
  const rows = await project.warehouse.query<{ json: string }>(`
    SELECT TO_JSON_STRING(STRUCT(session_id, split_cause, UNIX_MICROS(started_at) AS started_at,
      UNIX_MICROS(ended_at) AS ended_at, event_count, is_guarded)) AS json
    FROM tributary.sessions`);
  return sorted(rows.map(({ json }) => JSON.parse(json) as ReferenceSession));
}

function sorted(sessions: readonly ReferenceSession[]): string[] {
  return sessions
    .map((session) => {
      const { session_id, split_cause, started_at, ended_at, event_count, is_guarded } = session;
      const span = `${timestamp(Number(started_at))} to ${timestamp(Number(ended_at))}`;
      return `${session_id} ${split_cause} ${span} ${event_count}${is_guarded ? ' guarded' : ''}`;
    })
    .sort();
}
