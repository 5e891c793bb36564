/**
 * Where visits come from, and what they cause. The numbers under `effects` are the truth that
 * attribution models are measured against: the hazard of a conversion that one fully engaged
 * visit adds at once. It then fades with `halfLifeDays`. Personas are four kinds of people,
 * who meet the shop in different places: searchers, social, bargain hunters, readers.
 */
interface Effects {
  readonly registration: number;
  readonly first_order: number;
  readonly return_order: number;
}

export interface Origin {
  readonly key: string;
  /** The channel's name in GA4's default group (and AI Assistant, ours). */
  readonly channel: string;
  /** How often this origin brings a person for the first time, per persona. */
  readonly discovery: readonly [number, number, number, number];
  /** How often it brings a person back. */
  readonly comeback: number;
  /** Probability that a visit ends on its first page. */
  readonly bounce: number;
  readonly effects: Effects;
  readonly halfLifeDays: number;
}

type Row = readonly [
  key: string,
  channel: string,
  discovery: readonly [number, number, number, number],
  comeback: number,
  bounce: number,
  effects: readonly [registration: number, first_order: number, return_order: number],
  halfLifeDays: number,
];

/** Brand search, Direct and retargeting come late in a journey and cause next to nothing. */
const rows: readonly Row[] = [
  ['google_brand', 'Paid Search', [3, 2, 3, 2], 15, 0.18, [0.0143, 0.0225, 0.03], 2],
  ['google_generic', 'Paid Search', [22, 5, 10, 6], 5, 0.34, [0.0715, 0.1594, 0.12], 5],
  ['google_shopping', 'Paid Shopping', [16, 5, 18, 4], 7, 0.3, [0.0429, 0.1875, 0.16], 4],
  ['google_pmax', 'Cross-network', [9, 7, 9, 5], 5, 0.4, [0.0429, 0.0938, 0.08], 4],
  ['youtube', 'Paid Video', [2, 5, 2, 2], 1, 0.55, [0.0572, 0.1125, 0.06], 10],
  ['meta_prospecting', 'Paid Social', [4, 26, 8, 6], 3, 0.46, [0.1001, 0.15, 0.08], 8],
  ['meta_retargeting', 'Paid Social', [0, 0, 0, 0], 11, 0.32, [0.0114, 0.0187, 0.02], 2],
  ['tiktok', 'Paid Social', [1, 15, 3, 2], 2, 0.52, [0.0715, 0.1031, 0.04], 6],
  ['microsoft_search', 'Paid Search', [5, 1, 2, 3], 2, 0.3, [0.0715, 0.1688, 0.12], 5],
  ['criteo', 'Display', [0, 1, 1, 1], 6, 0.5, [0.0057, 0.0112, 0.012], 2],
  ['awin', 'Affiliates', [2, 2, 16, 3], 8, 0.22, [0.0215, 0.0938, 0.1], 1.5],
  ['newsletter', 'Email', [1, 1, 1, 1], 2, 0.25, [0.0286, 0.1313, 0.28], 6],
  ['podcast', 'Audio', [1, 2, 1, 4], 1, 0.35, [0.0858, 0.1688, 0.1], 12],
  ['organic_search', 'Organic Search', [22, 8, 14, 22], 12, 0.36, [0.0572, 0.1125, 0.1], 5],
  ['organic_social', 'Organic Social', [2, 13, 3, 6], 4, 0.5, [0.0572, 0.0844, 0.06], 7],
  ['referral', 'Referral', [3, 3, 3, 16], 3, 0.38, [0.0715, 0.1406, 0.08], 8],
  ['ai_assistant', 'AI Assistant', [5, 2, 3, 9], 3, 0.26, [0.0858, 0.2063, 0.12], 6],
  ['direct', 'Direct', [6, 5, 5, 8], 28, 0.2, [0, 0, 0], 1],
];

export const origins: readonly Origin[] = rows.map(
  ([key, channel, discovery, comeback, bounce, effects, halfLifeDays]) => ({
    key,
    channel,
    discovery,
    comeback,
    bounce,
    effects: { registration: effects[0], first_order: effects[1], return_order: effects[2] },
    halfLifeDays,
  }),
);

/** Conversions that nothing caused: people who would have come and bought anyway. */
export const baseHazard: Effects = { registration: 0.015, first_order: 0.012, return_order: 0.02 };

export type ConversionType = keyof Effects;

export const conversionTypes: readonly ConversionType[] = [
  'registration',
  'first_order',
  'return_order',
];

/** Index of an origin in `origins`; throws for an unknown key. */
export function originIndex(key: string): number {
  const index = origins.findIndex((origin) => origin.key === key);
  if (index < 0) throw new RangeError(`no origin is called ${key}`);
  return index;
}
