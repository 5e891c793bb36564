import type { RawColumn } from '@tributary/functions/shared/raw-tables';

/** A table of dataset truth: what the shop knows and no model may read. */
interface TruthTable {
  readonly description: string;
  readonly columns: readonly RawColumn[];
}

const column = (name: string, type: RawColumn['type']): RawColumn => ({ name, type });
const strings = (...names: string[]): RawColumn[] => names.map((name) => column(name, 'STRING'));

export const truthTables = {
  visitors: {
    description:
      'One row per visitor: a cookie (anonymous_id), or a login that only the backend saw (user_id), and the person behind it, whose household shares a line; bots have no person.',
    columns: [
      ...strings('visitor_id', 'site_id', 'anonymous_id', 'user_id', 'person_id', 'household_id'),
      ...strings('device'),
      column('is_bot', 'BOOLEAN'),
      column('first_seen_at', 'TIMESTAMP'),
    ],
  },
  sessions: {
    description:
      'One row per visit of a person, with what brought it; visitor_id is NULL where consent was missing.',
    columns: [
      ...strings('person_id'),
      column('visit_number', 'INTEGER'),
      ...strings('visitor_id', 'channel', 'origin', 'campaign_id', 'campaign_name'),
      column('started_at', 'TIMESTAMP'),
      ...strings('depth'),
    ],
  },
  conversions: {
    description: 'One row per conversion of a person; base_share is the part that no visit caused.',
    columns: [
      ...strings('truth_conversion_id', 'person_id', 'conversion_type', 'order_id'),
      column('visit_number', 'INTEGER'),
      column('converted_at', 'TIMESTAMP'),
      column('revenue_amount', 'NUMERIC'),
      ...strings('currency_code'),
      column('base_share', 'FLOAT'),
    ],
  },
  conversion_effects: {
    description:
      "One row per conversion and origin that took part in causing it; a conversion's effect_share and base_share sum to 1.",
    columns: [
      ...strings('truth_conversion_id', 'conversion_type', 'channel', 'origin'),
      column('effect_share', 'FLOAT'),
    ],
  },
  channel_effects: {
    description:
      'One row per origin and conversion type: the hazard that one engaged visit adds at once, and its half-life; origin (base) is what nothing caused.',
    columns: [
      ...strings('channel', 'origin', 'conversion_type'),
      column('effect', 'FLOAT'),
      column('half_life_days', 'FLOAT'),
    ],
  },
  demo: {
    description: 'One row: the options that this demo shop was made with.',
    columns: [
      ...strings('fingerprint', 'generation'),
      column('persons', 'INTEGER'),
      column('days', 'INTEGER'),
      column('seed', 'INTEGER'),
      column('starts_at', 'TIMESTAMP'),
      column('ends_at', 'TIMESTAMP'),
    ],
  },
  demo_loads: {
    description:
      'One row per load of the demo shop that is done; a second run leaves out what stands here.',
    columns: [
      ...strings('load_id', 'target'),
      column('row_count', 'INTEGER'),
      column('loaded_at', 'TIMESTAMP'),
    ],
  },
} as const satisfies Record<string, TruthTable>;

type TruthTableName = keyof typeof truthTables;

/** The tables that follow from the simulation; the others keep the books about loading it. */
export type SimulatedTruth = Exclude<TruthTableName, 'demo' | 'demo_loads'>;
