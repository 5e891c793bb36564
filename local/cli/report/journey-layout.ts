import type { Journey } from './journey';
import { hasPhases, type Slot, slotsOf } from './journey-slots';
import { clockOf, cut, dayOf, days, duration, type Locale, percent } from './journey-words';

/** Where everything stands, in pixels. */
export interface Layout {
  readonly slots: readonly Slot[];
  readonly width: number;
  readonly height: number;
  /** Left edge of the first slot. */
  readonly left: number;
  readonly slotWidth: number;
  /** Slots too narrow for names: channels stand upright, and small gaps are not written. */
  readonly isNarrow: boolean;
  /** Bars of initializer, holder and closer instead of credit. */
  readonly phases: boolean;
  readonly bars: { readonly top: number; readonly bottom: number };
  readonly channelTop: number;
  readonly rows: readonly LayoutRow[];
  readonly noteTop: number;
}

/** A line of the table under the bars. */
interface LayoutRow {
  readonly top: number;
  readonly title: string;
  readonly textOf: (slot: Slot) => string;
}

const LEFT = 128;
const RIGHT = 24;
const BARS = { top: 106, bottom: 306 };
const NARROW = 38;
const ROW_HEIGHT = 20;
/** Sans serif of 11 pixels, on the wide side. */
const CHARACTER = 6.2;
const CHANNEL_LINES = 3;
const CHANNEL_UPRIGHT = 22;

export function layoutOf(
  journey: Journey,
  locale: Locale,
  options: { readonly phases: boolean },
): Layout {
  const slots = slotsOf(journey);
  const phases = options.phases && hasPhases(slots);
  const isNarrow = slots.length > 12;
  const slotWidth = isNarrow ? NARROW : Math.min(180, Math.max(88, 760 / slots.length));
  const wide = LEFT + slots.length * slotWidth + RIGHT;
  const tableTop = BARS.bottom + 30;
  const whenTitles = ['Date', 'Time'];
  const whenTexts = [
    (slot: Slot) => dateText(slot, slots[slots.indexOf(slot) - 1], isNarrow, locale),
    (slot: Slot) => (slot.startedAt ? clockOf(slot.startedAt, locale.timeZone) : ''),
  ];
  const channelTop = tableTop + 2 * ROW_HEIGHT + 6;
  const longest = Math.max(...slots.map((slot) => linesOf(slot, { isNarrow, slotWidth }).length));
  const letters = Math.max(...slots.map((slot) => [...cut(slot.channel, CHANNEL_UPRIGHT)].length));
  const channelHeight = isNarrow ? letters * CHARACTER + 8 : longest * 14 + 6;
  const countsTop = channelTop + channelHeight + 6;
  const counts: readonly (readonly [string, (slot: Slot) => string])[] = [
    ...(phases ? ([['Credit', (slot: Slot) => creditText(slot, isNarrow)]] as const) : []),
    ['Page views', (slot) => `${slot.pageViews ?? ''}`],
    ['Product views', (slot) => `${slot.productViews ?? ''}`],
    ['Checkout steps', (slot) => `${slot.checkoutSteps ?? ''}`],
    ['Days to conversion', (slot) => days(slot.hoursToConversion)],
    ...(journey.revenue === 0
      ? []
      : ([
          [`Credit in ${locale.baseCurrency}`, (slot: Slot) => amount(slot.revenue, isNarrow)],
        ] as const)),
  ];
  const noteTop = countsTop + counts.length * ROW_HEIGHT + 14;
  return {
    slots,
    width: Math.ceil(Math.max(wide, 560)),
    height: Math.ceil(noteTop + 26),
    left: LEFT,
    slotWidth,
    isNarrow,
    phases,
    bars: BARS,
    channelTop,
    rows: [
      ...whenTitles.map((title, index) => ({
        top: tableTop + index * ROW_HEIGHT,
        title,
        textOf: whenTexts[index] as (slot: Slot) => string,
      })),
      ...counts.map(([title, textOf], index) => ({
        top: countsTop + index * ROW_HEIGHT,
        title,
        textOf,
      })),
    ],
    noteTop,
  };
}

/** In narrow slots a day is written once, where it begins. */
function dateText(slot: Slot, before: Slot | undefined, isNarrow: boolean, locale: Locale): string {
  if (slot.startedAt === undefined) return '';
  const day = dayOf(slot.startedAt, locale.timeZone);
  const isSame = before?.startedAt && dayOf(before.startedAt, locale.timeZone) === day;
  return isNarrow && isSame ? '' : day;
}

/** Zero is not written in narrow slots: many sessions have none. */
export function creditText({ credit }: Slot, isNarrow: boolean): string {
  if (!isNarrow) return percent(credit);
  if (credit < 0.0005) return '';
  return credit >= 0.0995 ? `${Math.round(100 * credit)}%` : percent(credit);
}

function amount(value: number, isNarrow: boolean): string {
  return value.toFixed(isNarrow && Math.abs(value) >= 100 ? 0 : 2);
}

/** The channel's name as lines that fit the slot; words are broken only where they must be. */
export function linesOf(
  { channel }: Slot,
  { isNarrow, slotWidth }: Pick<Layout, 'isNarrow' | 'slotWidth'>,
): string[] {
  if (isNarrow) return [cut(channel, CHANNEL_UPRIGHT)];
  const length = Math.floor((slotWidth - 8) / CHARACTER);
  const lines = [''];
  for (const word of channel.split(/(?<=[\s\-/|>])/)) {
    const joined = `${lines.at(-1)}${word}`;
    if (joined.trimEnd().length <= length) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const shown = filled.slice(0, CHANNEL_LINES).map((line) => cut(line, length));
  if (filled.length > CHANNEL_LINES) {
    shown[CHANNEL_LINES - 1] = cut(`${shown[CHANNEL_LINES - 1]} …`, length);
  }
  return shown;
}

/** What stands between a slot and the one before it: long breaks always, short ones where they fit. */
export function gapText({ gapHours }: Slot, { isNarrow }: Pick<Layout, 'isNarrow'>): string {
  if (gapHours === undefined || (isNarrow && !isBreak(gapHours))) return '';
  return duration(gapHours);
}

/** The time axis is broken where the visitor stayed away for a day. */
export function isBreak(gapHours: number | undefined): boolean {
  return gapHours !== undefined && gapHours >= 24;
}
