import { createHash } from 'node:crypto';
import { baseHazard, type ConversionType, origins } from '../shop/origins';
import { type ColumnTable, finishTable, IdBuilder, NumberBuilder, TextBuilder } from './columns';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** visitor_id as the models make it: of a cookie, or of a login that only the backend saw. */
export const visitorIdOf = (siteId: string, anonymousId: string): string =>
  md5(`${siteId}|${anonymousId}`);
export const loginVisitorIdOf = (siteId: string, userId: string): string =>
  md5(`user|${md5(`${siteId}|${userId}`)}`);

interface TruthConversion {
  readonly personId: string;
  readonly number: number;
  readonly type: ConversionType;
  readonly orderId: string | null;
  readonly visitNumber: number;
  readonly convertedAt: number;
  /** Hundredths of `currency`. */
  readonly revenue: number | null;
  readonly currency: string | null;
  readonly base: number;
  readonly causes: readonly { readonly origin: number; readonly share: number }[];
}

interface TruthVisit {
  readonly personId: string;
  readonly visitNumber: number;
  readonly visitorId: string | null;
  readonly origin: number;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly startedAt: number;
  readonly depth: string;
}

interface TruthVisitor {
  readonly visitorId: string;
  readonly anonymousId: string | null;
  readonly userId: string | null;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly device: string | null;
  readonly isBot: boolean;
  readonly firstSeenAt: number;
}

/** Collects the truth tables that grow with the persons. */
export class Truth {
  readonly #visitors = {
    visitor_id: new IdBuilder(),
    site_id: new TextBuilder(),
    anonymous_id: new IdBuilder(),
    user_id: new IdBuilder(),
    person_id: new TextBuilder(),
    household_id: new TextBuilder(),
    device: new TextBuilder(),
    is_bot: new NumberBuilder(),
    first_seen_at: new NumberBuilder(),
  };
  readonly #sessions = {
    person_id: new TextBuilder(),
    visit_number: new NumberBuilder(),
    visitor_id: new TextBuilder(),
    channel: new TextBuilder(),
    origin: new TextBuilder(),
    campaign_id: new TextBuilder(),
    campaign_name: new TextBuilder(),
    started_at: new NumberBuilder(),
    depth: new TextBuilder(),
  };
  readonly #conversions = {
    truth_conversion_id: new IdBuilder(),
    person_id: new TextBuilder(),
    conversion_type: new TextBuilder(),
    order_id: new IdBuilder(),
    visit_number: new NumberBuilder(),
    converted_at: new NumberBuilder(),
    revenue_amount: new NumberBuilder(2),
    currency_code: new TextBuilder(),
    base_share: new NumberBuilder(),
  };
  readonly #effects = {
    truth_conversion_id: new TextBuilder(),
    conversion_type: new TextBuilder(),
    channel: new TextBuilder(),
    origin: new TextBuilder(),
    effect_share: new NumberBuilder(),
  };

  constructor(readonly siteId: string) {}

  addVisitor(visitor: TruthVisitor): void {
    const columns = this.#visitors;
    columns.visitor_id.push(visitor.visitorId);
    columns.site_id.push(this.siteId);
    columns.anonymous_id.push(visitor.anonymousId);
    columns.user_id.push(visitor.userId);
    columns.person_id.push(visitor.personId);
    columns.household_id.push(visitor.householdId);
    columns.device.push(visitor.device);
    columns.is_bot.push(visitor.isBot);
    columns.first_seen_at.push(visitor.firstSeenAt);
  }

  addVisit(visit: TruthVisit): void {
    const columns = this.#sessions;
    columns.person_id.push(visit.personId);
    columns.visit_number.push(visit.visitNumber);
    columns.visitor_id.push(visit.visitorId);
    columns.channel.push(origins[visit.origin]?.channel ?? null);
    columns.origin.push(origins[visit.origin]?.key ?? null);
    columns.campaign_id.push(visit.campaignId);
    columns.campaign_name.push(visit.campaignName);
    columns.started_at.push(visit.startedAt);
    columns.depth.push(visit.depth);
  }

  addConversion(conversion: TruthConversion): void {
    const id = `${conversion.personId}-${conversion.number}`;
    const columns = this.#conversions;
    columns.truth_conversion_id.push(id);
    columns.person_id.push(conversion.personId);
    columns.conversion_type.push(conversion.type);
    columns.order_id.push(conversion.orderId);
    columns.visit_number.push(conversion.visitNumber);
    columns.converted_at.push(conversion.convertedAt);
    columns.revenue_amount.push(conversion.revenue);
    columns.currency_code.push(conversion.currency);
    columns.base_share.push(conversion.base);
    for (const cause of conversion.causes) {
      this.#effects.truth_conversion_id.push(id);
      this.#effects.conversion_type.push(conversion.type);
      this.#effects.channel.push(origins[cause.origin]?.channel ?? null);
      this.#effects.origin.push(origins[cause.origin]?.key ?? null);
      this.#effects.effect_share.push(cause.share);
    }
  }

  finish() {
    return {
      visitors: finishTable(this.#visitors),
      sessions: finishTable(this.#sessions),
      conversions: finishTable(this.#conversions),
      conversion_effects: finishTable(this.#effects),
    };
  }
}

/** truth.channel_effects: the constants of the shop. */
export function channelEffects(types: readonly ConversionType[]): ColumnTable {
  const columns = {
    channel: new TextBuilder(),
    origin: new TextBuilder(),
    conversion_type: new TextBuilder(),
    effect: new NumberBuilder(),
    half_life_days: new NumberBuilder(),
  };
  const push = (channel: string, origin: string, type: string, effect: number, life: number) => {
    columns.channel.push(channel);
    columns.origin.push(origin);
    columns.conversion_type.push(type);
    columns.effect.push(effect);
    columns.half_life_days.push(life);
  };
  for (const type of types) {
    push('(base)', '(base)', type, baseHazard[type], Number.NaN);
    for (const { channel, key, effects, halfLifeDays } of origins) {
      push(channel, key, type, effects[type], halfLifeDays);
    }
  }
  return finishTable(columns);
}
