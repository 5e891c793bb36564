import { Random, streams } from '../random/random';
import { type Campaign, campaignOf, campaigns } from '../shop/campaigns';
import type { Device } from '../shop/devices';
import { type Landing, makeLanding } from '../shop/landing';
import { newsletterVisit } from '../shop/newsletter';
import { origins } from '../shop/origins';
import { makePerson, type Person } from '../shop/persons';
import { visitorIdOf } from '../tables/truth-builders';
import { chooseOrigin, comesBack, type History, newHistory, newsletter } from './choice';
import { chooseDepth, type Depth, engagementOf } from './engagement';
import { Intent } from './intent';
import { type Simulation, siteId } from './simulation';
import { firstVisit, nextVisit } from './timing';
import { makeVisit } from './visit';

/** A person with everything that changes over their time with the shop. */
export interface Life {
  readonly person: Person;
  readonly random: Random;
  readonly intent: Intent;
  readonly history: History;
  /** Devices (by number) on which the person is signed in. */
  readonly signedInDevices: Set<number>;
  /** The last paid click, which its platform will claim conversions for. */
  lastClick: { campaign: number; ad: number; time: number } | undefined;
  conversionCount: number;
  isLoginVisitorKnown: boolean;
}

/** One visit, before anything happens in it. */
export interface Visit {
  readonly startsAt: number;
  readonly origin: number;
  readonly device: Device;
  readonly landing: Landing;
  readonly depth: Depth;
  readonly isMobileNetwork: boolean;
}

/** Lives the whole period of one person; all traces go into the simulation's tables. */
export function livePerson(simulation: Simulation, index: number): void {
  const { seed, startsAt, endsAt } = simulation.options;
  const random = new Random(seed, streams.person, index);
  const person = makePerson(simulation.options, index, random);
  const life: Life = {
    person,
    random,
    intent: new Intent(),
    history: newHistory(),
    signedInDevices: new Set(),
    lastClick: undefined,
    conversionCount: 0,
    isLoginVisitorKnown: false,
  };
  let time = firstVisit(random, person, startsAt, endsAt);
  let origin = chooseOrigin(random, person, life.history, time);
  while (time < endsAt) {
    const endedAt = arrive(simulation, life, origin, time);
    if (!comesBack(random, person, life.history)) return;
    const next = nextVisit(random, person, endedAt, life.history.orderCount > 0);
    origin = chooseOrigin(random, person, life.history, next);
    time = origin === newsletter ? newsletterVisit(random, endedAt + 3_600_000) : next;
  }
}

/** Prepares a visit, tells the books about it, and lets it happen. */
function arrive(simulation: Simulation, life: Life, origin: number, startsAt: number): number {
  const { person, random, history } = life;
  const { options, truth } = simulation;
  const device = chooseDevice(random, person);
  const kind = origins[origin];
  if (!kind) throw new RangeError(`no origin ${origin}`);
  const landing = makeLanding(random, {
    origin: kind.key,
    category: random.pick(person.favouriteCategories),
    isMobile: device.model.isMobile,
    share: (startsAt - options.startsAt) / (options.endsAt - options.startsAt),
    time: startsAt,
  });
  const isNewCookie = device.open(startsAt, landing.hasClickId, random);
  if (isNewCookie) life.signedInDevices.delete(device.number);
  const depth = chooseDepth(random, kind, history.visitCount);
  history.visitCount++;
  life.intent.touch(startsAt, origin, engagementOf[depth]);
  noteClick(simulation, life, kind.key, landing, startsAt);

  const hasConsent = person.consent !== 'none';
  const visitorId = hasConsent ? visitorIdOf(siteId, device.anonymousId) : null;
  if (visitorId !== null && isNewCookie) {
    truth.addVisitor({
      visitorId,
      anonymousId: device.anonymousId,
      userId: null,
      personId: person.id,
      householdId: person.householdId,
      device: device.model.key,
      isBot: false,
      firstSeenAt: startsAt,
    });
  }
  truth.addVisit({
    personId: person.id,
    visitNumber: history.visitCount,
    visitorId,
    origin,
    campaignId: campaignOf(kind.key)?.id ?? null,
    campaignName: landing.campaignName,
    startedAt: startsAt,
    depth,
  });
  const isMobileNetwork = device.model.isMobile && random.chance(0.45);
  return makeVisit(simulation, life, { startsAt, origin, device, landing, depth, isMobileNetwork });
}

function noteClick(
  simulation: Simulation,
  life: Life,
  originKey: string,
  landing: Landing,
  time: number,
): void {
  const campaign = campaigns.findIndex((candidate) => candidate.origin === originKey);
  if (campaign < 0 || !landing.ad) return;
  const ad = campaigns[campaign]?.ads.indexOf(landing.ad) ?? 0;
  simulation.clicks.click(campaign, ad, time);
  life.lastClick = { campaign, ad, time };
  reportClick(simulation, campaigns[campaign], landing, time);
}

/** Google alone reports clicks one by one (click_view), those with a gclid. */
function reportClick(
  simulation: Simulation,
  campaign: Campaign | undefined,
  { query, campaignName, ad }: Landing,
  clickedAt: number,
): void {
  const clickId = /(?:^|&)gclid=([^&]+)/.exec(query)?.[1];
  if (campaign?.platform !== 'google_ads' || clickId === undefined) return;
  simulation.adClicks.add({
    platform: campaign.platform,
    accountId: campaign.accountId,
    clickId,
    clickIdType: 'gclid',
    clickedAt,
    campaignId: campaign.id,
    campaignName,
    adGroupId: ad?.adGroupId ?? null,
    adId: ad?.adId ?? null,
    keyword: ad?.keyword ?? null,
  });
}

/** The first device is used most. */
function chooseDevice(random: Random, person: Person): Device {
  const weights = person.devices.map((device) => (device.number === 0 ? 3 : 1));
  const device = person.devices[random.weighted(weights)];
  if (!device) throw new RangeError('a person without device');
  return device;
}
