import type { Journey, Touch } from './journey';
import { modelName } from './journey-words';

/** What stands at one place of the picture: a session, several of them, or none. */
export interface Slot extends Omit<Touch, 'startedAt'> {
  /** Of a sum, the time of its last session. */
  readonly startedAt: Date | undefined;
  /** Sessions summed up here; 0 for the share that no session took. */
  readonly sessionCount: number;
  /** Hours since the session before; undefined at the beginning. */
  readonly gapHours: number | undefined;
}

/** More sessions than this do not fit beside each other: the oldest are summed up in one place. */
const SLOTS_AT_MOST = 40;

/**
 * The places of a journey, evenly spaced, in order of time. Sessions minutes apart stand beside
 * others that are months apart, so places are no scale of time: gaps are written between them.
 */
export function slotsOf(journey: Journey, atMost = SLOTS_AT_MOST): Slot[] {
  const base = journey.touches.filter((touch) => touch.startedAt === undefined);
  const sessions = journey.touches.filter((touch) => touch.startedAt !== undefined);
  const summed = sessions.length > atMost ? sessions.length - atMost + 1 : 0;
  const slots = sessions.map((touch, index): Slot => {
    const before = sessions[index - 1];
    return { ...touch, sessionCount: 1, gapHours: hoursBetween(before, touch) };
  });
  return [
    ...base.map((touch): Slot => ({ ...touch, sessionCount: 0, gapHours: undefined })),
    ...(summed > 0 ? [sumOf(slots.slice(0, summed))] : []),
    ...slots.slice(summed),
  ];
}

/** Can the parts of IHC be shown? Other models have none. */
export function hasPhases(slots: readonly Slot[]): boolean {
  return slots.some((slot) => slot.phases !== undefined);
}

function hoursBetween(before: Touch | undefined, touch: Touch): number | undefined {
  return before?.startedAt === undefined || touch.startedAt === undefined
    ? undefined
    : (touch.startedAt.getTime() - before.startedAt.getTime()) / 3_600_000;
}

function sumOf(slots: readonly Slot[]): Slot {
  const last = slots.at(-1) as Slot;
  const sum = (take: (slot: Slot) => number | undefined) =>
    slots.reduce<number | undefined>((total, slot) => {
      const value = take(slot);
      return value === undefined ? total : (total ?? 0) + value;
    }, undefined);
  return {
    ...last,
    channel: `${slots.length} earlier ones`,
    sessionCount: slots.length,
    gapHours: undefined,
    pageViews: sum((slot) => slot.pageViews),
    productViews: sum((slot) => slot.productViews),
    checkoutSteps: sum((slot) => slot.checkoutSteps),
    credit: sum((slot) => slot.credit) ?? 0,
    revenue: sum((slot) => slot.revenue) ?? 0,
    phases: last.phases && {
      initializer: sum((slot) => slot.phases?.initializer) ?? 0,
      holder: sum((slot) => slot.phases?.holder) ?? 0,
      closer: sum((slot) => slot.phases?.closer) ?? 0,
    },
  };
}

/** Why a journey has no touchpoints to show; undefined where it has. */
export function emptinessOf(journey: Journey): string | undefined {
  if (journey.touches.some((touch) => touch.startedAt !== undefined)) return undefined;
  return journey.touchCount === 0
    ? 'No session is known before this conversion.'
    : `Its touchpoints (${journey.touchCount}) have no credit: ${modelName(journey.model)} is not trained for ${journey.conversionType}.`;
}
