import type { PathAttribution } from '@tributary/functions/attribution/attribute-paths';
import { type Cell, formatTable } from '../table';
import { NO_CHANNEL, type PathRow, pathRows } from './path-rows';

const WIDTH = 80;

/** The answer for people, at most 80 columns wide: one model's figures, or all models' credits. */
export function pathTable(result: PathAttribution): string {
  const rows = pathRows(result);
  const table = result.models.length === 1 ? ofOne(rows, result) : ofAll(rows, result);
  return `${table}\n\n${sources(result).join('\n')}\n`;
}

function ofOne(rows: readonly PathRow[], result: PathAttribution): string {
  const columns: [string, (row: PathRow) => Cell][] = [
    ['credit', ({ credit }) => fixed(credit, 3)],
    ['share', ({ share }) => `${fixed(100 * share, 2)}%`],
    ['removal effect', (row) => shown(row.removal_effect)],
    ['shapley value', (row) => shown(row.shapley_value)],
    ['std. error', (row) => shown(row.standard_error)],
    ['value', ({ value }) => (value === undefined ? null : fixed(value, 2))],
  ];
  const filled = columns.filter(([, cell]) => rows.some((row) => cell(row) !== null));
  const total: PathRow = {
    model: '',
    channel: 'total',
    credit: rows.reduce((sum, { credit }) => sum + credit, 0),
    share: rows.reduce((sum, { share }) => sum + share, 0),
    ...(result.valueTotal === undefined ? {} : { value: result.valueTotal }),
  };
  return narrow(
    ['channel', ...filled.map(([name]) => name)],
    [...rows, total].map((row) => [row.channel, ...filled.map(([, cell]) => cell(row))]),
  );
}

/** One line a channel, one column a model; the channel with the most credit over all models first. */
function ofAll(rows: readonly PathRow[], result: PathAttribution): string {
  const models = result.models.map(({ model }) => model);
  const byChannel = new Map<string, Map<string, number>>();
  for (const { model, channel, credit } of rows) {
    const credits = byChannel.get(channel) ?? new Map<string, number>();
    byChannel.set(channel, credits.set(model, credit));
  }
  const sum = (credits: ReadonlyMap<string, number>) =>
    [...credits.values()].reduce((all, credit) => all + credit, 0);
  const lines = [...byChannel].sort(
    ([nameA, a], [nameB, b]) =>
      Number(nameA === NO_CHANNEL) - Number(nameB === NO_CHANNEL) || sum(b) - sum(a),
  );
  const totals = models.map((name) =>
    rows.filter(({ model }) => model === name).reduce((all, { credit }) => all + credit, 0),
  );
  return narrow(
    ['channel', ...models],
    [
      ...lines.map(([channel, credits]) => [
        channel,
        ...models.map((model) => fixed(credits.get(model) ?? 0, 2)),
      ]),
      ['total', ...totals.map((total) => fixed(total, 2))],
    ],
  );
}

/** Where the figures come from: journeys, models, how they were found. */
function sources(result: PathAttribution): string[] {
  const { pathCount, journeyTotal, conversionTotal } = result;
  const journeys = `${counted(pathCount, 'path')}, ${counted(journeyTotal, 'journey')}, ${counted(conversionTotal, 'conversion')}.`;
  const fitted = result.models.filter(
    ({ removalEffect, shapleyValue }) => removalEffect ?? shapleyValue,
  );
  return [journeys, ...fitted.map(({ title, stopReason }) => `${title}: ${stopReason}`)];
}

/** The table, its first column cut so far that the others fit. */
function narrow(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const others = header.slice(1).map((name, at) => {
    return Math.max(name.length, ...rows.map((row) => String(row[at + 1] ?? '').length)) + 2;
  });
  const room = Math.max(8, WIDTH - others.reduce((sum, width) => sum + width, 0));
  const cut = (cell: Cell | undefined): Cell => {
    const letters = [...String(cell ?? '')];
    return letters.length <= room ? letters.join('') : `${letters.slice(0, room - 1).join('')}…`;
  };
  return formatTable(
    header,
    rows.map(([first, ...rest]) => [cut(first), ...rest]),
  );
}

function shown(value: number | undefined): Cell {
  return value === undefined ? null : fixed(value, 6);
}

/** Without a minus before zero. */
function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
}

function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** With commas between thousands; `toLocaleString` would take 50 ms to start. */
function whole(value: number): string {
  const [digits = '', rest] = String(Math.round(100 * value) / 100).split('.');
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
