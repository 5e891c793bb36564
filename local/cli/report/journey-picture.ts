import { accessibleSvg } from './accessible-svg';
import type { Journey } from './journey';
import { channelColours, INK, PHASES, QUIET } from './journey-colours';
import { creditText, type Layout, layoutOf, linesOf } from './journey-layout';
import { axisMarks, type Mark, rule, text } from './journey-marks';
import { emptinessOf } from './journey-slots';
import { headline, type Locale, subline } from './journey-words';

interface PictureOptions {
  /** Initializer, holder and closer apart. */
  readonly phases: boolean;
}

/**
 * A journey as an SVG: sessions along the time axis, bars of their credit, and under each its
 * channel and what was done in it. The same journey gives the same text.
 */
export async function journeyPicture(
  journey: Journey,
  locale: Locale,
  options: PictureOptions,
): Promise<string> {
  const layout = layoutOf(journey, locale, options);
  const { init } = await import('echarts');
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: layout.width,
    height: layout.height,
  });
  try {
    chart.setOption(optionOf(journey, layout, locale));
    return accessibleSvg(
      chart.renderToSVGString(),
      `Journey of ${journey.conversionId}`,
      'journey',
    );
  } finally {
    chart.dispose();
  }
}

function optionOf(journey: Journey, layout: Layout, locale: Locale) {
  const { slots, bars, phases } = layout;
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' },
    grid: {
      left: layout.left,
      top: bars.top,
      width: slots.length * layout.slotWidth,
      height: bars.bottom - bars.top,
    },
    xAxis: {
      type: 'category',
      data: slots.map((_, index) => `${index}`),
      axisLabel: { show: false },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    yAxis: { type: 'value', show: false, min: 0, max: highest(layout) },
    series: phases ? phaseSeries(layout) : creditSeries(layout),
    graphic: {
      elements: [
        ...heading(journey, locale),
        ...(phases ? legend(layout) : []),
        ...axisMarks(layout),
        ...table(layout),
        ...note(journey, layout),
      ],
    },
  };
}

/** The highest bar fills the height; 1 where there are none. */
function highest({ slots, phases }: Layout): number {
  const values = slots.flatMap((slot) =>
    phases ? PHASES.map(({ phase }) => slot.phases?.[phase] ?? 0) : [slot.credit],
  );
  return Math.max(...values) || 1;
}

function creditSeries({ slots, isNarrow, slotWidth }: Layout) {
  const colours = channelColours(slots);
  return [
    {
      type: 'bar',
      barWidth: Math.min(56, slotWidth * 0.62),
      data: slots.map((slot) => ({
        value: slot.credit,
        itemStyle: { color: colours(slot) },
        label: { formatter: creditText(slot, isNarrow) },
      })),
      label: { show: true, position: 'top', color: INK, fontSize: isNarrow ? 10 : 12 },
    },
  ];
}

/** Slots below have room for two labels of 100% beside each other in small letters alone. */
const ROOMY_SLOT = 100;

/** Three bars a session; its credit is a line of the table. */
function phaseSeries({ slots, isNarrow, slotWidth }: Layout) {
  const fontSize = slotWidth < ROOMY_SLOT ? 9 : 10;
  return PHASES.map(({ phase, name, colour }) => ({
    type: 'bar',
    name,
    barWidth: Math.min(34, slotWidth * 0.29),
    barGap: '8%',
    itemStyle: { color: colour },
    data: slots.map((slot) => {
      const value = slot.phases?.[phase] ?? 0;
      return { value, label: { formatter: value >= 0.005 ? `${Math.round(100 * value)}%` : '' } };
    }),
    label: { show: !isNarrow, position: 'top', color: INK, fontSize },
  }));
}

function heading(journey: Journey, locale: Locale): Mark[] {
  return [
    text(16, 20, `Journey of ${journey.conversionId}`, { size: 18, weight: 'bold' }),
    text(16, 46, headline(journey, locale), { size: 13 }),
    text(16, 64, subline(journey), { size: 12, colour: QUIET }),
  ];
}

function legend({ left, width }: Layout): Mark[] {
  const right = Math.max(left + 290, width - 24);
  return PHASES.flatMap(({ name, colour }, index): Mark[] => {
    const x = right - (PHASES.length - index) * 84;
    return [
      { type: 'rect', shape: { x, y: 23, width: 12, height: 10 }, style: { fill: colour } },
      text(x + 17, 23, name, { size: 11 }),
    ];
  });
}

function table(layout: Layout): Mark[] {
  const { slots, left, slotWidth, rows, channelTop, isNarrow } = layout;
  const middle = (index: number) => left + (index + 0.5) * slotWidth;
  const size = isNarrow ? 10 : 12;
  const cells = rows.flatMap(({ top, title, textOf }) => [
    rule(16, left + slots.length * slotWidth, top - 5),
    text(16, top, title, { size: 11, colour: QUIET }),
    ...slots.map((slot, index) =>
      text(middle(index), top, textOf(slot), { size, align: 'center' }),
    ),
  ]);
  const channels = slots.flatMap((slot, index) =>
    linesOf(slot, layout).map((line, place) =>
      isNarrow
        ? text(middle(index), channelTop, line, { size: 11, isUpright: true })
        : text(middle(index), channelTop + place * 14, line, { size: 11, align: 'center' }),
    ),
  );
  return [
    ...cells,
    rule(16, left + slots.length * slotWidth, channelTop - 6),
    text(16, channelTop, 'Channel', { size: 11, colour: QUIET }),
    ...channels,
  ].filter((mark) => mark.type !== 'text' || mark.style.text !== '');
}

function note(journey: Journey, { noteTop, slots }: Layout): Mark[] {
  const summed = slots.find((slot) => slot.sessionCount > 1);
  const sentences = [
    emptinessOf(journey),
    slots.length > 1
      ? 'Sessions stand evenly spaced; between them, how long the visitor stayed away (// a day or more).'
      : undefined,
    summed
      ? `The oldest ${summed.sessionCount} touchpoints are one bar, with the date of the last of them.`
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length === 0
    ? []
    : [text(16, noteTop, sentences.join(' '), { size: 11, colour: QUIET })];
}
