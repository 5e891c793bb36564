import type { Row } from '@tributary/functions/warehouse/warehouse';
import { accessibleSvg } from './accessible-svg';
import { INK, LINE, QUIET } from './journey-colours';

const WIDTH = 900;
const HEIGHT = 420;
const SAME = '#0072b2';
const DIFFERENT = '#d55e00';
const BARS = '#009e73';

/**
 * The threshold curve and the sizes of persons as an SVG: on the left which share of the pairs that
 * logins prove is found at each probability, and which share of those that they disprove; on the right
 * how many persons have how many visitors. The same figures give the same text.
 *
 * @param figures rows of CURVE and SIZES
 */
export async function matchingPicture(figures: {
  readonly curve: readonly Row[];
  readonly sizes: readonly Row[];
}): Promise<string> {
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const { curve, sizes } = figures;
  const font = { color: INK, fontFamily: 'Helvetica, Arial, sans-serif' };
  const axis = {
    axisLine: { lineStyle: { color: QUIET } },
    axisLabel: { ...font, color: QUIET },
    splitLine: { lineStyle: { color: LINE } },
    nameTextStyle: { ...font, color: QUIET },
    nameLocation: 'middle' as const,
  };
  const line = (name: string, colour: string, part: string, all: string) => ({
    type: 'line' as const,
    name,
    color: colour,
    symbolSize: 7,
    // Named at its beginning: at the end the two lie upon each other.
    data: curve.map((row, at) => ({
      value: [Number(row.threshold), sharePercent(row[part], row[all])],
      label: { ...font, show: at === 0, color: colour, formatter: name, offset: [34, -2] },
    })),
  });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: font,
      title: [
        {
          text: 'Compared pairs that the evidence takes for one person',
          left: 20,
          top: 14,
          textStyle: { ...font, fontSize: 15 },
        },
        {
          text: 'Visitors (cookies) of a person',
          left: 560,
          top: 14,
          textStyle: { ...font, fontSize: 15 },
        },
      ],
      grid: [
        { left: 70, top: 64, width: 420, height: 280 },
        { left: 600, top: 64, width: 270, height: 280 },
      ],
      xAxis: [
        {
          ...axis,
          gridIndex: 0,
          type: 'value',
          min: 0.5,
          max: 1,
          name: 'from this probability on',
          nameGap: 30,
        },
        {
          ...axis,
          gridIndex: 1,
          type: 'category',
          data: sizes.map((row) => `${row.size}`.replace(' to ', '-')),
          axisLabel: { ...axis.axisLabel, interval: 0 },
          name: 'visitors',
          nameGap: 30,
        },
      ],
      yAxis: [
        {
          ...axis,
          gridIndex: 0,
          type: 'value',
          min: 0,
          max: 100,
          name: '% of proven pairs',
          nameGap: 40,
        },
        { ...axis, gridIndex: 1, type: 'value', name: '' },
      ],
      series: [
        line('one login', SAME, 'found_same_count', 'same_count'),
        line('two logins', DIFFERENT, 'wrongly_same_count', 'different_count'),
        {
          type: 'bar',
          xAxisIndex: 1,
          yAxisIndex: 1,
          color: BARS,
          data: sizes.map((row) => Number(row.customer_count)),
          label: {
            show: true,
            position: 'top',
            ...font,
            formatter: ({ value }: { value: unknown }) => Number(value).toLocaleString('en-US'),
          },
        },
      ],
    });
    return accessibleSvg(chart.renderToSVGString(), titleOf(figures), 'matching');
  } finally {
    chart.dispose();
  }
}

function sharePercent(part: unknown, all: unknown): number {
  return Number(all) > 0 ? (100 * Number(part)) / Number(all) : 0;
}

function titleOf({
  curve,
  sizes,
}: {
  readonly curve: readonly Row[];
  readonly sizes: readonly Row[];
}): string {
  const persons = sizes.reduce((sum, row) => sum + Number(row.customer_count), 0);
  const last = curve.at(-1);
  const found = last
    ? `; from ${last.threshold} on ${sharePercent(last.found_same_count, last.same_count).toFixed(1)}% of the pairs of one login and ${sharePercent(last.wrongly_same_count, last.different_count).toFixed(1)}% of those of two`
    : '';
  return `Matching of visitors: ${persons.toLocaleString('en-US')} persons${found}`;
}
