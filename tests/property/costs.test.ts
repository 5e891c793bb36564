import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { draws, SEED } from '../support/draws';
import { projectWithSettings } from '../support/edited-project';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';
import { billionths, CostReference, inBase, type Placed, shares } from './costs-reference';
import {
  type ClickLine,
  type CostLine,
  channelLines,
  DAYS,
  randomCostShop,
  rateOf,
  type Visit,
} from './random-costs';

jest.setTimeout(draws(300_000));

const SHOPS = draws(120);

const TABLES = [
  ...['int_sessions__platform_sessions', 'int_sessions__cost_keys', 'int_sessions__key_counts'],
  ...['int_sessions__platform_channels', 'int_sessions__cost_targets'],
  ...['int_sessions__session_costs', 'int_sessions__unplaced_costs', 'sessions'],
  'rpt_clicks_by_campaign',
];

const shops = Array.from({ length: SHOPS }, (_, shop) => randomCostShop(SEED, shop));
const accounts = shops.flatMap((shop) => shop.accounts);
const visits = shops.flatMap((shop) => shop.visits);
const lines = [...shops.flatMap((shop) => shop.lines), ...channelLines];
const clicks = shops.flatMap((shop) => shop.clicks);
const reference = new CostReference(lines, visits, clicks, accounts);
const placed = reference.place();

let edited: ReturnType<typeof projectWithSettings>;
let project: ProjectWarehouse;

/** What comes after the first run, a little at a time: most days must stay as they are. */
const LATER: readonly (keyof Parts)[][] = [
  ['lines'],
  ['events'],
  ['clicks'],
  ['rates'],
  ['events', 'lines'],
  ['clicks', 'lines'],
];

/** All shops live in one warehouse, each with a platform of its own, so that one run serves all. */
beforeAll(async () => {
  edited = projectWithSettings({ 'ad_accounts: []': `ad_accounts: ${JSON.stringify(accounts)}` });
  project = await openProjectWarehouse(edited.dir);
  const { warehouse } = project;
  const parts = cutLate({
    events: visits.map(eventOf),
    lines: lines.map((line) => ({ ...line })),
    clicks: clicks.map((click) => ({ ...click })),
    rates: ['USD', 'JPY', 'KWD', 'BHD'].flatMap((currency) =>
      DAYS.map((day) => rateLine(currency, day)),
    ),
  });
  await warehouse.load('events', parts[0]?.events ?? []);
  // Sessions are built before the reports come, which must reach them all the same.
  await project.run({ only: ['int_sessions__sessions'] });
  await warehouse.load('exchange_rates', wrongRates(parts));
  for (const [run, { events, lines, clicks, rates }] of parts.entries()) {
    if (run > 0) await warehouse.load('events', events);
    await warehouse.load(
      'ad_costs',
      lines.map((line) => ({ ...line })),
    );
    await warehouse.load(
      'ad_clicks',
      clicks.map((click) => ({ ...click })),
    );
    await warehouse.load('exchange_rates', rates);
    await project.run({ only: run < parts.length - 1 ? ['sessions'] : TABLES });
  }
});
afterAll(async () => {
  await project?.close();
  edited?.remove();
});

describe(`${SHOPS} random shops (seed ${SEED})`, () => {
  test('what came later has changed the same as if it had been there at once', async () => {
    const grown = await tableRows(project.warehouse, TABLES);
    await project.run({ only: TABLES, fullRefresh: true });
    expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
  });

  test('sessions carry the cost that the rules give them, to the last decimal', async () => {
    const rows = await read(`SELECT session_id, account_id, currency_code, CAST(cost_date AS STRING)
      AS cost_date, platform, cost_level, target_key, ${text('cost_amount')}, ${text('cost_amount_base')}
      FROM tributary.int_sessions__session_costs`);
    const built = rows.map((row) =>
      [
        row.session_id,
        row.platform,
        row.account_id,
        row.cost_date,
        row.currency_code,
        row.cost_level,
        billionths(String(row.cost_amount)),
        billionths(String(row.cost_amount_base)),
      ].join(' '),
    );
    expect(built.sort()).toEqual(sharesByRule(placed).sort());
  });

  test('cost without sessions stands by itself, with its reason', async () => {
    const rows =
      await read(`SELECT platform, account_id, campaign_id, campaign_name, ad_group_id, ad_id,
      CAST(cost_date AS STRING) AS cost_date, unplaced_reason, ${text('cost_amount')}
      FROM tributary.int_sessions__unplaced_costs`);
    const printed = (line: Record<string, unknown>, reason: unknown) =>
      [
        ...[line.platform, line.account_id, line.campaign_id, line.campaign_name],
        ...[line.ad_group_id, line.ad_id, line.cost_date, reason],
        billionths(String(line.cost_amount)),
      ].join(' ');
    const built = rows.map((row) => printed(row, row.unplaced_reason));
    const expected = placed
      .filter(({ level }) => level === null)
      .map(({ line, reason }) => printed({ ...line }, reason));
    expect(built.sort()).toEqual(expected.sort());
  });

  test('per platform, account, day and currency nothing is lost, there and in the base currency', async () => {
    const rows = await read(`SELECT platform, account_id, CAST(cost_date AS STRING) AS cost_date,
      currency_code, ${text('SUM(cost_amount)', 'cost_amount')}, ${text('SUM(cost_amount_base)', 'cost_amount_base')}
      FROM (
        SELECT platform, account_id, cost_date, currency_code, cost_amount, cost_amount_base
        FROM tributary.int_sessions__session_costs
        UNION ALL
        SELECT platform, account_id, cost_date, currency_code, cost_amount, cost_amount_base
        FROM tributary.int_sessions__unplaced_costs
      ) GROUP BY platform, account_id, cost_date, currency_code`);
    const built = rows.map((row) =>
      [
        row.platform,
        row.account_id,
        row.cost_date,
        row.currency_code,
        billionths(String(row.cost_amount)),
        billionths(String(row.cost_amount_base)),
      ].join(' '),
    );
    const reported = new Map<string, [bigint, bigint]>();
    for (const { line } of placed) {
      const key = [line.platform, line.account_id, line.cost_date, line.currency_code].join(' ');
      const [amount, base] = reported.get(key) ?? [0n, 0n];
      reported.set(key, [amount + billionths(line.cost_amount), base + inBase(line)]);
    }
    const expected = [...reported].map(([key, [amount, base]]) => `${key} ${amount} ${base}`);
    expect(built.sort()).toEqual(expected.sort());
  });

  test('sessions show what the click report knows of them', async () => {
    const rows = await read(
      'SELECT session_id, account_id, campaign, campaign_id, ad_group_id, ad_id FROM tributary.sessions',
    );
    const built = rows.map((row) =>
      [
        row.session_id,
        row.account_id,
        row.campaign,
        row.campaign_id,
        row.ad_group_id,
        row.ad_id,
      ].join(' '),
    );
    const expected = visits.map((visit) => {
      const { account, filled } = reference.know(visit);
      const { campaign, campaign_id, ad_group_id, ad_id } = filled;
      return [visit.session_id, account, campaign, campaign_id, ad_group_id, ad_id].join(' ');
    });
    expect(built.sort()).toEqual(expected.sort());
  });

  test('clicks by campaign hold all reported clicks, all cost and all paid visits', async () => {
    const [row] = await read(`SELECT ${text('SUM(cost_amount_base)', 'cost')},
      SUM(reported_click_count) AS reported, SUM(observed_click_count) AS observed,
      SUM(unreported_click_count) AS unreported FROM tributary.rpt_clicks_by_campaign`);
    const withCost = new Set(
      placed.flatMap(({ sessions }) => sessions.map(({ session_id }) => session_id)),
    );
    const paid = visits.filter(
      ({ isBot, channel, session_id }) =>
        !isBot && (channel === 'Paid Other' || withCost.has(session_id)),
    );
    expect({ ...row, cost: billionths(String(row?.cost)) }).toEqual({
      cost: placed.reduce((sum, { line }) => sum + inBase(line), 0n),
      reported: placed.reduce((sum, { line }) => sum + line.click_count, 0),
      observed: paid.length,
      unreported: paid.filter(
        (visit) => !withCost.has(visit.session_id) && !reference.isReported(visit),
      ).length,
    });
  });
});

interface Parts {
  readonly events: readonly ReturnType<typeof eventOf>[];
  readonly lines: readonly CostLine[];
  readonly clicks: readonly ClickLine[];
  readonly rates: readonly ReturnType<typeof rateLine>[];
}

/** All rows but a few of each kind for each of the later runs. */
function cutLate(all: Parts): Parts[] {
  const random = seededRandom(SEED);
  const left = Object.fromEntries(Object.entries(all).map(([kind, rows]) => [kind, [...rows]])) as {
    [Kind in keyof Parts]: unknown[];
  };
  const later = LATER.map((kinds) => {
    const taken = kinds.map((kind) => {
      const rows = [0, 1, 2].flatMap(() =>
        left[kind].splice(Math.floor(random() * left[kind].length), 1),
      );
      return [kind, rows] as const;
    });
    return { events: [], lines: [], clicks: [], rates: [], ...Object.fromEntries(taken) };
  });
  return [left, ...later] as Parts[];
}

/** Rates that stand until the right ones come. */
const wrongRates = (parts: readonly Parts[]) =>
  parts.flatMap(({ rates }) =>
    rates.map((line) => ({ ...line, rate: '7', ingested_at: '2026-03-31T00:00:00Z' })),
  );

function rateLine(currency_code: string, rate_date: string) {
  const rate = rateOf(currency_code, rate_date);
  const ingested_at = '2026-04-01T00:00:00Z';
  return { currency_code, base_currency_code: 'EUR', rate_date, rate, ingested_at };
}

const text = (sql: string, name = sql): string => `CAST(${sql} AS STRING) AS ${name}`;
const read = (sql: string) => project.warehouse.query(sql);

function eventOf(visit: Visit) {
  const tags = new URLSearchParams({
    utm_source: visit.platform,
    utm_medium: visit.channel === 'Email' ? 'email' : 'cpc',
    ...(visit.campaign === null ? {} : { utm_campaign: visit.campaign }),
    ...(visit.campaignId === null ? {} : { utm_id: visit.campaignId }),
    ...(visit.adGroupId === null ? {} : { adgroupid: visit.adGroupId }),
    ...(visit.content === null ? {} : { utm_content: visit.content }),
    ...(visit.gclid === null ? {} : { gclid: visit.gclid }),
  });
  const time = new Date(visit.time).toISOString();
  return {
    event_id: visit.event_id,
    event_name: 'page_view',
    site_id: visit.site_id,
    source: 'web',
    occurred_at: time,
    received_at: time,
    anonymous_id: visit.cookie,
    user_agent: visit.isBot
      ? 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
      : 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    page_url: `https://www.${visit.site_id}.example/?${tags}`,
  };
}

/** Lines that meet the same sessions share one cost, in order of time. */
function sharesByRule(all: readonly Placed[]): string[] {
  const targets = new Map<string, { first: Placed; amount: bigint; base: bigint }>();
  for (const one of all) {
    if (one.level === null) continue;
    const { platform, account_id, cost_date, currency_code } = one.line;
    const met = one.sessions.map(({ session_id }) => session_id).sort();
    const thing = one.level === 'channel' ? one.line.channel : thingOf(one);
    const key = [platform, account_id, cost_date, currency_code, one.level, thing, ...met].join(
      ' ',
    );
    const target = targets.get(key) ?? { first: one, amount: 0n, base: 0n };
    target.amount += billionths(one.line.cost_amount);
    target.base += inBase(one.line);
    targets.set(key, target);
  }
  return [...targets.values()].flatMap(({ first, amount, base }) => {
    const { line, level, sessions } = first;
    const inOrder = [...sessions].sort(
      (a, b) => a.time - b.time || (a.session_id < b.session_id ? -1 : 1),
    );
    const [amounts, bases] = [shares(amount, inOrder.length), shares(base, inOrder.length)];
    return inOrder.map(({ session_id }, index) =>
      [
        session_id,
        line.platform,
        line.account_id,
        line.cost_date,
        line.currency_code,
        level,
        amounts[index],
        bases[index],
      ].join(' '),
    );
  });
}

/** What tells targets of one level apart that meet the same sessions. */
function thingOf({ line, level, sessions }: Placed): string {
  if (level === 'ad') return String(line.ad_id);
  if (level === 'ad_group') return String(line.ad_group_id);
  if (level === 'campaign') return String(sessions[0]?.campaignKey);
  return line.campaign_id === null && line.campaign_name === null ? 'any' : 'no';
}
