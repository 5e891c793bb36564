import type { AdAccount, ClickLine, CostLine, Visit } from './random-costs';
import { rateOf } from './random-costs';

/** A report line placed on sessions, or not. Amounts in billionths. */
export interface Placed {
  readonly line: CostLine;
  readonly level: string | null;
  readonly reason: string | null;
  readonly sessions: readonly KnownVisit[];
}

/** A visit with what the reports know of it. */
export interface KnownVisit extends Visit {
  readonly account: string | null;
  readonly filled: {
    readonly campaign: string | null;
    readonly campaign_id: string | null;
    readonly ad_group_id: string | null;
    readonly ad_id: string | null;
  };
  readonly ad: Meaning | undefined;
  readonly adGroup: Meaning | undefined;
  /** Key of its campaign; null where the reports know several or none. */
  readonly campaignKey: string | null;
  readonly knowsCampaign: boolean;
}

/** What a tag means: a thing of an account. */
interface Meaning {
  readonly thing: string;
  readonly account: string | null;
  readonly campaign: string | null;
}

const BILLION = 1_000_000_000n;

/** The rules of cost written a second time, line by line and visit by visit. */
export class CostReference {
  readonly #lines: readonly CostLine[];
  readonly #linesOf: ReadonlyMap<string, readonly CostLine[]>;
  readonly #accountsOf: ReadonlyMap<string, readonly AdAccount[]>;
  readonly #clicks: ReadonlyMap<string, ClickLine>;

  constructor(
    lines: readonly CostLine[],
    private readonly visits: readonly Visit[],
    clicks: readonly ClickLine[],
    accounts: readonly AdAccount[],
  ) {
    const latest = new Map<string, CostLine>();
    for (const line of lines) {
      const key = keyOf(line);
      const other = latest.get(key);
      if (!other || isNewer(line, other)) latest.set(key, line);
    }
    this.#lines = [...latest.values()];
    this.#linesOf = byPlatform(this.#lines);
    this.#accountsOf = byPlatform(accounts);
    this.#clicks = new Map(clicks.map((click) => [`${click.platform} ${click.click_id}`, click]));
  }

  /** Every report line that counts, and where its cost went. */
  place(): Placed[] {
    const known = this.visits.map((visit) => this.know(visit));
    const knownOf = byPlatform(known);
    return this.#lines.map((line) =>
      this.#placeLine(line, line.channel === null ? (knownOf.get(line.platform) ?? []) : known),
    );
  }

  /** Whether a report of its day names the visit's campaign. */
  isReported(visit: Visit): boolean {
    const { campaignKey, account } = this.know(visit);
    const day = this.#day(visit.time, visit.platform, account);
    return (this.#linesOf.get(visit.platform) ?? []).some(
      (line) => line.cost_date === day && this.#campaignMeaning(line).thing === campaignKey,
    );
  }

  know(visit: Visit): KnownVisit {
    const click = this.#clicks.get(`${visit.platform} ${visit.gclid}`);
    const ofPlatform = this.#linesOf.get(visit.platform) ?? [];
    const isScoped =
      click?.account_id != null && ofPlatform.some((line) => line.account_id === click.account_id);
    const scope = ofPlatform.filter((line) => !isScoped || line.account_id === click.account_id);
    const day = this.#day(visit.time, visit.platform, click?.account_id ?? null);
    const look = (
      tag: string | null | undefined,
      bears: (line: CostLine, tag: string) => Meaning | undefined,
    ) => (tag == null ? undefined : meaningOn(day, scope, (line) => bears(line, tag)));
    const asCampaign = (line: CostLine): Meaning => this.#campaignMeaning(line);

    const ad = look(click?.ad_id ?? visit.content, (line, tag) =>
      line.ad_id === tag ? { ...asCampaign(line), thing: `${line.account_id}/${tag}` } : undefined,
    );
    const adGroup = look(click?.ad_group_id ?? visit.adGroupId, (line, tag) =>
      line.ad_group_id === tag
        ? { ...asCampaign(line), thing: `${line.account_id}/${tag}` }
        : undefined,
    );
    const ownId = click?.campaign_id ?? visit.campaignId;
    const text = visit.campaign ?? click?.campaign_name ?? null;
    const byId = (line: CostLine, tag: string) =>
      this.#idOf(line) === tag ? asCampaign(line) : undefined;
    const byName = (line: CostLine, tag: string) =>
      line.campaign_name?.toLowerCase() === tag.toLowerCase() ? asCampaign(line) : undefined;
    const campaigns = [look(ownId, byId), look(text, byId), look(text, byName)];
    const found = [...campaigns, adGroup, ad].find(isMeaning);
    const accounts = [...new Set(ofPlatform.map((line) => line.account_id))];
    const meanings = [ad, adGroup, ...campaigns].filter(isMeaning);
    const filled = {
      campaign: text,
      campaign_id: visit.campaignId ?? click?.campaign_id ?? null,
      ad_group_id: visit.adGroupId ?? click?.ad_group_id ?? null,
      ad_id: click?.ad_id ?? null,
    };
    const isAmbiguous = campaigns.some((meaning) => meaning === 'several');
    return {
      ...visit,
      filled,
      account:
        click?.account_id ??
        meanings.find(({ account }) => account !== null)?.account ??
        (accounts.length === 1 ? (accounts[0] ?? null) : null),
      ad: isMeaning(ad) ? ad : undefined,
      adGroup: isMeaning(adGroup) ? adGroup : undefined,
      campaignKey: found ? `${found.account}/${found.campaign}` : null,
      knowsCampaign:
        found !== undefined ||
        (!isAmbiguous && (filled.campaign_id !== null || filled.campaign !== null)),
    };
  }

  #placeLine(line: CostLine, visits: readonly KnownVisit[]): Placed {
    const { platform, account_id: account, cost_date: day } = line;
    const campaign = this.#campaignMeaning(line).campaign;
    const own = visits.filter((visit) => visit.platform === platform);
    const onDay = own.filter((visit) => this.#day(visit.time, platform, visit.account) === day);
    const isOpen = (visit: KnownVisit) => campaign === null || !visit.knowsCampaign;
    const levels: [string, readonly KnownVisit[]][] = [];
    if (line.ad_id !== null)
      levels.push(['ad', onDay.filter(({ ad }) => ad?.thing === `${account}/${line.ad_id}`)]);
    if (line.ad_group_id !== null)
      levels.push([
        'ad_group',
        onDay.filter(({ adGroup }) => adGroup?.thing === `${account}/${line.ad_group_id}`),
      ]);
    if (campaign !== null)
      levels.push([
        'campaign',
        onDay.filter((visit) => visit.campaignKey === `${account}/${campaign}`),
      ]);
    if (account !== null)
      levels.push(['account', onDay.filter((visit) => visit.account === account && isOpen(visit))]);
    const inZone = own.filter((visit) => this.#day(visit.time, platform, account) === day);
    levels.push([
      'platform',
      inZone.filter((visit) => (account === null || visit.account === null) && isOpen(visit)),
    ]);
    if (line.channel !== null)
      levels.push([
        'channel',
        visits.filter(
          (visit) =>
            visit.channel === line.channel && this.#day(visit.time, platform, account) === day,
        ),
      ]);
    for (const [level, found] of levels) {
      const people = found.filter(({ isBot }) => !isBot);
      if (people.length > 0) return { line, level, reason: null, sessions: people };
    }
    const reason = levels.some(([, found]) => found.length > 0)
      ? 'only sessions of bots'
      : line.campaign_id !== null || line.campaign_name !== null
        ? 'no session of the campaign'
        : line.channel !== null
          ? 'no session of the channel'
          : 'no session of the platform';
    return { line, level: null, reason, sessions: [] };
  }

  /** A line with a name alone belongs to the one id that ever had it in the account. */
  #idOf(line: CostLine): string | null {
    if (line.campaign_id !== null || line.campaign_name === null) return line.campaign_id;
    const ids = (this.#linesOf.get(line.platform) ?? [])
      .filter(
        (other) =>
          other.account_id === line.account_id &&
          other.campaign_name?.toLowerCase() === line.campaign_name?.toLowerCase(),
      )
      .map((other) => other.campaign_id);
    const known = new Set(ids.filter((id) => id !== null));
    return known.size === 1 ? ([...known][0] ?? null) : null;
  }

  #campaignMeaning(line: CostLine): Meaning {
    const name = line.campaign_name === null ? null : `name: ${line.campaign_name.toLowerCase()}`;
    const campaign = this.#idOf(line) ?? name;
    return { thing: `${line.account_id}/${campaign}`, account: line.account_id, campaign };
  }

  #day(time: number, platform: string, account: string | null): string {
    const own = this.#accountsOf.get(platform) ?? [];
    const zone =
      own.find((entry) => entry.account_id !== undefined && entry.account_id === account) ??
      own.find((entry) => entry.account_id === undefined);
    return dayIn(time, zone?.time_zone ?? 'UTC');
  }
}

const isMeaning = (meaning: Meaning | 'several' | undefined): meaning is Meaning =>
  meaning !== undefined && meaning !== 'several';

/** One bearer at a time: the last to have taken the tag. Several: the only one of the day's reports. */
function meaningOn(
  day: string,
  lines: readonly CostLine[],
  bears: (line: CostLine) => Meaning | undefined,
): Meaning | 'several' | undefined {
  const spans = new Map<string, { meaning: Meaning; days: string[] }>();
  for (const line of lines) {
    const meaning = bears(line);
    if (!meaning) continue;
    const span = spans.get(meaning.thing) ?? { meaning, days: [] };
    // An ad that two campaigns claim: the first by its id.
    if ((meaning.campaign ?? '~') < (span.meaning.campaign ?? '~')) span.meaning = meaning;
    span.days.push(line.cost_date);
    spans.set(meaning.thing, span);
  }
  const found = [...spans.values()].map((span) => ({ ...span, days: span.days.sort() }));
  const first = (span: { days: string[] }): string => span.days[0] as string;
  const last = (span: { days: string[] }): string => span.days.at(-1) as string;
  const isShared = found.some((a) =>
    found.some((b) => a !== b && first(a) <= last(b) && first(b) <= last(a)),
  );
  if (isShared) {
    const ofDay = found.filter(({ days }) => days.includes(day));
    return ofDay.length === 1 ? ofDay[0]?.meaning : 'several';
  }
  const inTime = found.sort((a, b) => (first(a) < first(b) ? -1 : 1));
  return (inTime.findLast((span) => first(span) <= day) ?? inTime[0])?.meaning;
}

function byPlatform<T extends { readonly platform: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(one.platform, [...(groups.get(one.platform) ?? []), one]);
  return groups;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, string>();

function dayIn(time: number, timeZone: string): string {
  const key = `${time} ${timeZone}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', parts);
  formats.set(timeZone, format);
  const day = format.format(time);
  days.set(key, day);
  return day;
}

function keyOf(line: CostLine): string {
  const { platform, account_id, campaign_id, campaign_name, ad_group_id, ad_id } = line;
  const names = [platform, account_id, campaign_id ?? campaign_name, ad_group_id, ad_id];
  return [...names, line.channel, line.cost_date].map((name) => name ?? '').join('|');
}

function isNewer(line: CostLine, other: CostLine): boolean {
  if (line.ingested_at !== other.ingested_at) return line.ingested_at > other.ingested_at;
  const [a, b] = [billionths(line.cost_amount), billionths(other.cost_amount)];
  return a === b ? line.click_count > other.click_count : a > b;
}

/** A decimal text in billionths. */
export function billionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole) * BILLION + BigInt(fraction.padEnd(9, '0'));
  return text.startsWith('-') ? -units : units;
}

/** Half away from zero, of what is not negative. */
const rounded = (above: bigint, below: bigint): bigint => (2n * above + below) / (2n * below);

export function inBase(line: CostLine): bigint {
  const rate = billionths(rateOf(line.currency_code, line.cost_date));
  return rounded(billionths(line.cost_amount) * rate, BILLION);
}

/** Equal shares of eight decimals; the last session takes what is left. */
export function shares(amount: bigint, count: number): bigint[] {
  const share = (rounded(amount, BigInt(count)) / 10n) * 10n;
  return Array.from({ length: count }, (_, index) =>
    index < count - 1 ? share : amount - share * BigInt(count - 1),
  );
}
