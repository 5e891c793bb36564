import type { Explanation, ExplanationStep } from '@tributary/functions/identity/explain';
import { accessibleSvg } from '../report/accessible-svg';
import { INK, LINE, QUIET } from '../report/journey-colours';
import { type Mark, text } from '../report/journey-marks';

const WIDTH = 800;
const TOP = 96;
const ROW = 44;
const BAR = 18;
/** Where the waterfall begins and ends. */
const [LEFT, RIGHT] = [350, 720];
const FOR = '#0072b2';
const AGAINST = '#d55e00';

/**
 * The waterfall of a pair as an SVG: each step's bar begins where the one before it ended, blue to
 * the right for one person, orange to the left against. The same pair gives the same text.
 */
export async function explanationPicture(
  explanation: Explanation,
  ids: readonly [string, string],
): Promise<string> {
  const { steps, weight, probability } = explanation;
  const height = TOP + ROW * steps.length + 40;
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const sums = [0, ...steps.map(({ sum }) => sum)];
  const [low, high] = [Math.min(...sums), Math.max(...sums, 1)];
  const at = (bits: number): number => LEFT + ((bits - low) / (high - low)) * (RIGHT - LEFT);
  const title = `${cut(ids[0], 30)} and ${cut(ids[1], 30)}`;
  const verdict = `one person with ${(100 * probability).toFixed(probability > 0.999 ? 4 : 2)}%: ${signed(weight)} bits, each of which doubles the odds`;
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      graphic: {
        elements: [
          text(24, 20, title, { size: 18, weight: 'bold' }),
          text(24, 46, verdict, { size: 13, colour: QUIET }),
          zeroLine(at(0), height - 40),
          text(at(0), TOP - 24, 'even odds', { size: 11, colour: QUIET, align: 'center' }),
          ...steps.flatMap((step, row) => rowMarks(step, TOP + ROW * row, at)),
        ],
      },
    });
    return accessibleSvg(chart.renderToSVGString(), `${title}: ${verdict}`, 'pair');
  } finally {
    chart.dispose();
  }
}

function rowMarks(step: ExplanationStep, y: number, at: (bits: number) => number): Mark[] {
  const [from, to] = [at(step.sum - step.weight), at(step.sum)];
  const isPrior = step.name === 'prior';
  const words = isPrior ? 'any two records' : step.level.replaceAll('_', ' ');
  const values = isPrior ? '' : valuesOf(step);
  return [
    text(24, y, `${cut(isPrior ? 'prior' : step.name, 18)}: ${cut(words, 20)}`, { size: 13 }),
    text(24, y + 18, values, { size: 11, colour: QUIET }),
    {
      type: 'rect',
      shape: { x: Math.min(from, to), y, width: Math.max(1, Math.abs(to - from)), height: BAR },
      style: { fill: step.weight === 0 ? LINE : step.weight > 0 ? FOR : AGAINST },
    },
    text(RIGHT + 14, y + 2, signed(step.weight), { size: 13, colour: INK }),
  ];
}

function zeroLine(x: number, bottom: number): Mark {
  const shape = { x1: x, y1: TOP - 8, x2: x, y2: bottom };
  return { type: 'line', shape, style: { stroke: LINE, lineWidth: 1 } };
}

function valuesOf({ left, right }: ExplanationStep): string {
  if (left !== null && left === right) return cut(left, 48);
  return `${cut(left ?? '(nothing)', 24)}  |  ${cut(right ?? '(nothing)', 24)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;
}

function cut(words: string, width: number): string {
  const letters = [...words];
  return letters.length <= width ? words : `${letters.slice(0, width - 1).join('')}…`;
}
