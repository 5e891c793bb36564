import { INK, LINE, QUIET } from './journey-colours';
import { gapText, isBreak, type Layout } from './journey-layout';

/** A text, line or box at a place of its own, as echarts' graphic component takes it. */
export type Mark =
  | {
      readonly type: 'text';
      readonly x: number;
      readonly y: number;
      readonly rotation?: number;
      readonly style: Readonly<Record<string, string | number>>;
    }
  | {
      readonly type: 'line' | 'rect';
      readonly shape: Readonly<Record<string, number>>;
      readonly style: Readonly<Record<string, string | number>>;
    };

interface TextStyle {
  readonly size: number;
  readonly colour?: string;
  readonly weight?: 'bold';
  readonly align?: 'center';
  /** Read from below: the end of the text is at y. */
  readonly isUpright?: boolean;
}

/** @param y its upper edge */
export function text(x: number, y: number, words: string, style: TextStyle): Mark {
  const { size, colour = INK, weight = 'normal', align, isUpright = false } = style;
  return {
    type: 'text',
    x,
    y,
    ...(isUpright ? { rotation: Math.PI / 2 } : {}),
    style: {
      text: words,
      fill: colour,
      font: `${weight} ${size}px Helvetica, Arial, sans-serif`,
      align: isUpright ? 'right' : (align ?? 'left'),
      verticalAlign: isUpright ? 'middle' : 'top',
    },
  };
}

/** A thin line between the rows of the table. */
export function rule(from: number, to: number, y: number): Mark {
  return line(from, y, to, y, LINE);
}

/** The time axis under the bars, broken where a day or more passed, with what passed written on it. */
export function axisMarks(layout: Layout): Mark[] {
  const { slots, left, slotWidth, bars, isNarrow } = layout;
  const y = bars.bottom;
  const gaps = slots.flatMap((slot, index): Mark[] => {
    const x = left + index * slotWidth;
    const words = gapText(slot, layout);
    const mark = isBreak(slot.gapHours)
      ? [
          { ...line(x - 4, y, x + 4, y, '#ffffff', 3), z: 3 },
          line(x - 7, y + 5, x - 1, y - 5, QUIET),
          line(x + 1, y + 5, x + 7, y - 5, QUIET),
        ]
      : [];
    return words === ''
      ? mark
      : [
          ...mark,
          text(x, y + 8, words, { size: isNarrow ? 9 : 10, colour: QUIET, align: 'center' }),
        ];
  });
  return [line(left, y, left + slots.length * slotWidth, y, QUIET), ...gaps];
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth = 1): Mark {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth } };
}
