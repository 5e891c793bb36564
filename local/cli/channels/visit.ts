/** A page and what led to it, as one line of a file says. */
export interface Visit {
  readonly pageUrl: string | null;
  readonly pageReferrer: string | null;
}

/** The columns that are found out, in the order in which they are written. */
export const answerColumns = [
  'source',
  'medium',
  'campaign',
  'term',
  'click_id_type',
  'channel_ga4',
  'channel',
] as const;

export type Answer = Readonly<Record<(typeof answerColumns)[number], string | null>>;
