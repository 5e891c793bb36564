import { type Cell, formatTable } from '../table';
import type { Journey } from './journey';
import { emptinessOf, hasPhases, type Slot, slotsOf } from './journey-slots';
import {
  clockOf,
  cut,
  dayOf,
  days,
  duration,
  headline,
  type Locale,
  percent,
  subline,
} from './journey-words';

/** Cells of the widest bar. */
const BAR = 5;
const CHANNEL = 16;

/** A journey for a terminal of 80 columns: a line per session, the newest last. */
export function journeyText(
  journey: Journey,
  locale: Locale,
  options: { readonly phases: boolean },
): string {
  const slots = slotsOf(journey);
  const phases = options.phases && hasPhases(slots);
  const most = Math.max(...slots.map((slot) => Math.abs(slot.credit)));
  const header = phases
    ? ['when', 'gap', 'channel', 'I', 'H', 'C', 'credit', 'days']
    : ['when', 'gap', 'channel', 'credit', '', 'pages', 'prod.', 'steps', 'days'];
  const lines = slots.map((slot): Cell[] => [
    slot.startedAt === undefined
      ? ''
      : `${dayOf(slot.startedAt, locale.timeZone)} ${clockOf(slot.startedAt, locale.timeZone)}`,
    slot.gapHours === undefined ? '' : duration(slot.gapHours),
    cut(slot.channel, CHANNEL),
    ...(phases ? phaseCells(slot) : viewCells(slot, most)),
    days(slot.hoursToConversion),
  ]);
  const note = emptinessOf(journey);
  return [
    `Journey of ${journey.conversionId}`,
    headline(journey, locale),
    subline(journey),
    '',
    formatTable(header, lines),
    '',
    ...(note === undefined ? [] : [note]),
    phases
      ? 'I, H, C: shares in initializing, holding, closing. gap: since the last one.'
      : 'gap: since the session before. pages, prod.: views. steps: of the checkout.',
    'days: to the conversion.',
  ].join('\n');
}

function phaseCells({ phases, credit }: Slot): Cell[] {
  const cells = phases
    ? [right(phases.initializer), right(phases.holder), right(phases.closer)]
    : ['', '', ''];
  return [...cells, right(credit)];
}

/** '<0.1%' would make the column one of words, which stand left. */
const right = (share: number) => percent(share).padStart(6);

function viewCells(slot: Slot, most: number): Cell[] {
  const length = most > 0 ? Math.round((BAR * Math.max(0, slot.credit)) / most) : 0;
  return [
    right(slot.credit),
    '█'.repeat(length),
    slot.pageViews ?? null,
    slot.productViews ?? null,
    slot.checkoutSteps ?? null,
  ];
}
