import toldSessions from '../../includes/told_sessions';
import { type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
let dataset: string;
beforeAll(async () => {
  local = await openLocalClient();
  dataset = await local.newDataset();
});
afterAll(() => local?.close());

/** A visitor's name, the begin of a session, where it came from (null: directly), and, in sessions, what is told. */
type Visit = readonly [visitor: string, startedAt: string, source: string | null];
type Told = readonly [...Visit, splitCause: string, lastNonDirectSource: string];

const keysOf = (visitor: string, source: string | null) => `
  ${toldSessions.visitorKey.replace('visitor_id', `'${visitor}'`)} AS _visitor_key,
  ${source === null ? 'CAST(NULL AS INT64)' : toldSessions.origin(`'${source}'`, "'m'")} AS _origin`;

const unionedRows = (visits: readonly Visit[]) =>
  visits
    .map(
      ([visitor, startedAt, source]) => `SELECT
  DATE '${startedAt.slice(0, 10)}' AS session_date, TIMESTAMP '${startedAt}:00' AS started_at,
  '${source ?? '(direct)'}' AS source, '${source === null ? '(none)' : 'm'}' AS medium,
  ${keysOf(visitor, source)}`,
    )
    .join(' UNION ALL\n');

const sessionRows = (told: readonly Told[]) =>
  told
    .map(
      ([visitor, startedAt, source, splitCause, last]) => `SELECT
  '${visitor}' AS visitor_id, DATE '${startedAt.slice(0, 10)}' AS session_date,
  TIMESTAMP '${startedAt}:00' AS started_at, '${splitCause}' AS split_cause,
  '${source === null ? 'direct' : 'referrer'}' AS source_rule, '${source ?? '(direct)'}' AS source,
  '${source === null ? '(none)' : 'm'}' AS medium, '${last}' AS last_non_direct_source,
  '${last === '(direct)' ? '(none)' : 'm'}' AS last_non_direct_medium,
  ${keysOf(visitor, source)}`,
    )
    .join(' UNION ALL\n');

/** Sessions on days that did not change, after those of 1 January became `now`. */
async function retold(name: string, before: readonly Told[], now: readonly Visit[]) {
  const self = `${dataset}.${name}`;
  await local.client.query(`CREATE TABLE ${self} AS ${sessionRows(before)};
CREATE TABLE ${self}__unioned AS ${unionedRows(now)}`);
  await local.client.query(
    [
      `DECLARE changed_days ARRAY<DATE> DEFAULT [DATE '2026-01-01']`,
      ...toldSessions.declares,
      ...toldSessions.find(self, `${self}__unioned`),
      toldSessions.update(self),
    ].join(';\n'),
  );
  const [rows] = await local.client.query(`SELECT
  visitor_id, FORMAT_TIMESTAMP('%d %H:%M', started_at) AS begins, split_cause, last_non_direct_source AS last
FROM ${self}
WHERE session_date != DATE '2026-01-01'
ORDER BY visitor_id, started_at`);
  return (rows as Record<string, string>[]).map((row) => Object.values(row).join(' '));
}

const others: readonly Told[] = [
  ['other', '2026-01-02 10:00', null, 'first', '(direct)'],
  ['other', '2026-01-03 10:00', null, 'timeout', '(direct)'],
];
const visitOf = ([visitor, startedAt, source]: Told): Visit => [visitor, startedAt, source];

/** A visitor's sessions: direct, direct a day later, from a newsletter, direct. */
const alone: readonly Told[] = [
  ['v', '2026-01-02 10:00', null, 'first', '(direct)'],
  ['v', '2026-01-03 10:00', null, 'timeout', '(direct)'],
  ['v', '2026-01-04 10:00', 'newsletter', 'timeout', 'newsletter'],
  ['v', '2026-01-05 10:00', null, 'timeout', 'newsletter'],
];
const afterGoogle = [
  'other 02 10:00 first (direct)',
  'other 03 10:00 timeout (direct)',
  'v 02 10:00 timeout google',
  'v 03 10:00 timeout google',
  'v 04 10:00 timeout newsletter',
  'v 05 10:00 timeout newsletter',
];
const withoutGoogle = [
  ...afterGoogle.slice(0, 2),
  'v 02 10:00 first (direct)',
  'v 03 10:00 timeout (direct)',
  ...afterGoogle.slice(4),
];

it("a visit that comes late is the first, and where the visitor's next direct ones came from", async () => {
  const now: Visit[] = [['v', '2026-01-01 09:00', 'google'], ...[...alone, ...others].map(visitOf)];
  expect(await retold('comes', [...alone, ...others], now)).toEqual(afterGoogle);
});

it('a visit that goes leaves what was before it came', async () => {
  const came: Told[] = [
    ['v', '2026-01-01 09:00', 'google', 'first', 'google'],
    ['v', '2026-01-02 10:00', null, 'timeout', 'google'],
    ['v', '2026-01-03 10:00', null, 'timeout', 'google'],
    ...alone.slice(2),
    ...others,
  ];
  expect(await retold('goes', came, [...alone, ...others].map(visitOf))).toEqual(withoutGoogle);
});

it('only days of which something else is told are written', async () => {
  const now: Visit[] = [['v', '2026-01-01 09:00', 'google'], ...[...alone, ...others].map(visitOf)];
  const self = `${dataset}.days`;
  await local.client.query(`CREATE TABLE ${self} AS ${sessionRows([...alone, ...others])};
CREATE TABLE ${self}__unioned AS ${unionedRows(now)}`);
  const [rows] = await local.client.query(
    [
      `DECLARE changed_days ARRAY<DATE> DEFAULT [DATE '2026-01-01']`,
      ...toldSessions.declares,
      ...toldSessions.find(self, `${self}__unioned`),
      `SELECT CAST(day AS STRING) AS day FROM UNNEST(retold_days) AS day ORDER BY day`,
    ].join(';\n'),
  );
  expect(rows).toEqual([{ day: '2026-01-02' }, { day: '2026-01-03' }]);
});
