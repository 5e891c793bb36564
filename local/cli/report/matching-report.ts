import { writeFile } from 'node:fs/promises';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { formatTable } from '../table';
import { wrap } from '../wrap';
import { BLOCKS, CURVE, RATES, SIZES, weightsSql } from './matching-queries';

/** Halves of the bar of a weight, in characters; a character is a bit. */
const BAR = 10;

interface MatchingFigures {
  readonly rates: Row;
  readonly sizes: readonly Row[];
  readonly curve: readonly Row[];
  readonly blocks: readonly Row[];
  readonly weights: readonly Row[];
}

/** How visitors became persons: for 80 columns, or the rows as JSON; `out` takes a picture. */
export async function matchingReport(
  warehouse: Pick<Warehouse, 'query'>,
  { rawDataset }: { readonly rawDataset: string },
  options: { readonly json?: boolean; readonly out?: string },
): Promise<string> {
  const [rates = {}] = await warehouse.query(RATES);
  const figures: MatchingFigures = {
    rates,
    sizes: await warehouse.query(SIZES),
    curve: await warehouse.query(CURVE),
    blocks: await warehouse.query(BLOCKS),
    weights: await warehouse.query(weightsSql(rawDataset)),
  };
  if (options.out !== undefined) {
    const { matchingPicture } = await import('./matching-picture.js');
    await writeFile(options.out, await matchingPicture(figures)).catch((error: unknown) => {
      throw new UserError(`${options.out} can't be written: ${messageOf(error)}.`);
    });
  }
  if (options.json) return JSON.stringify(figures, null, 2);
  if (!Number(rates.visitor_count)) return 'There are no visitors to match.';
  return [
    rateLines(figures.rates),
    sizeTable(figures.sizes),
    ...(figures.weights.length === 0
      ? ['Evidence joins nobody: the matching of visitors is not trained yet.']
      : [curveTable(figures.curve), weightTable(figures.weights)]),
    blockTable(figures.blocks),
  ].join('\n\n');
}

function rateLines(rates: Row): string {
  const visitors = Number(rates.visitor_count);
  const line = (count: unknown, text: string) =>
    `${whole(count).padStart(9)}  ${percent(Number(count) / visitors).padStart(6)}  ${text}`;
  return [
    'Visitors (cookies that are no bots) and the persons behind them',
    '',
    line(visitors, 'visitors'),
    line(rates.consenting_visitor_count, 'agreed to personalization: evidence may join them'),
    line(rates.joined_visitor_count, 'are one person with another visitor'),
    line(rates.evidence_visitor_count, 'of them by evidence that adds up, not by proof'),
    line(rates.customer_count, 'persons'),
  ].join('\n');
}

function sizeTable(sizes: readonly Row[]): string {
  return formatTable(
    ['visitors of a person', 'persons', 'visitors'],
    sizes.map((row) => [`${row.size}`, whole(row.customer_count), whole(row.visitor_count)]),
  );
}

function curveTable(curve: readonly Row[]): string {
  const share = (part: unknown, all: unknown) =>
    Number(all) > 0 ? percent(Number(part) / Number(all)) : null;
  const table = formatTable(
    ['probability', 'pairs', 'of one login', 'of two logins'],
    curve.map((row) => [
      `${row.threshold}`,
      whole(row.pair_count),
      share(row.found_same_count, row.same_count),
      share(row.wrongly_same_count, row.different_count),
    ]),
    '-',
  );
  const [first] = curve;
  const legend = `Compared pairs of at least that probability, one by one, before clusters are made of them. Of the ${whole(first?.same_count)} compared pairs that are one login so many are found, without habits, which one login has in common; of the ${whole(first?.different_count)} that are two so many would be taken for one.`;
  return [table, ...wrap(legend, 80)].join('\n');
}

function weightTable(weights: readonly Row[]): string {
  const [first] = weights;
  const table = formatTable(
    ['agreement', 'one', 'two', 'bits', 'against     for one person'],
    weights.map((row, at) => [
      `${weights[at - 1]?.comparison === row.comparison ? '' : row.comparison}`.padEnd(9) +
        ` ${row.level}`,
      percent(Number(row.m_probability)),
      percent(Number(row.u_probability)),
      Number(row.match_weight).toFixed(1),
      bar(Number(row.match_weight)),
    ]),
  );
  const legend = `One, two: how often pairs of one person, of two persons agree like that. Learnt from ${whole(first?.pair_count)} pairs, of which ${percent(Number(first?.match_share))} are one person (${first?.model_version}, ${first?.stop_reason}). The line joins nobody: a pair has no more bits than device, habit and interests give it, so two who share nothing else stay at 0.5 at most; and the odds that a visitor is one of two persons speak against the other.`;
  return [table, ...wrap(legend, 80)].join('\n');
}

/** A weight as a bar that grows from the middle. */
function bar(bits: number): string {
  const length = Math.min(BAR, Math.round(Math.abs(bits)));
  const marks = '#'.repeat(length);
  return bits < 0 ? `${marks.padStart(BAR)}|` : `${' '.repeat(BAR)}|${marks}`;
}

function blockTable(blocks: readonly Row[]): string {
  if (blocks.length === 0) return 'No visitors were compared: none share an address.';
  return formatTable(
    ['blocking rule', 'blocks', 'skipped', 'with visitors', 'largest'],
    blocks.map((row) => [
      `${row.rule}`,
      whole(row.used_block_count),
      whole(row.skipped_block_count),
      whole(row.skipped_visitor_count),
      row.largest_visitor_count === null ? null : whole(row.largest_visitor_count),
    ]),
    '-',
  );
}

const whole = (count: unknown): string => Number(count ?? 0).toLocaleString('en-US');

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
