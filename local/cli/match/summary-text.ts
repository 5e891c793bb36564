import { formatTable } from '../table';
import type { MatchSummary } from './match-file';
import type { NewSummary } from './state/match-new';
import { clusterSizes } from './summary-json';

/** What a run made of the records, for people; at most 80 columns. */
export function summaryText({
  prepared,
  rules,
  learnt,
  expectedMatches,
  clusters,
}: MatchSummary): string {
  const sizes = clusterSizes(clusters);
  const persons = [...sizes.values()].reduce((sum, count) => sum + count, 0);
  const alone = sizes.get(1) ?? 0;
  const { recordCount } = prepared;
  const matched = recordCount - alone;
  const { training } = learnt;
  const pairs = rules.reduce((sum, rule) => sum + rule.pairs, 0);
  const lines = [
    `${whole(recordCount)} records are ${whole(persons)} ${persons === 1 ? 'person' : 'persons'}; ${share(matched / recordCount)} of the records have a double.`,
    `Rules made ${whole(pairs)} pairs; ${whole(expectedMatches)} matches are expected. Training ${training.stopReason}.`,
    ...placeLine(training.parameters.place?.moved ?? 0),
    '',
    sizeTable(sizes),
    '',
    ruleTable(rules),
  ];
  for (const { rule, skippedBlocks, largestBlock } of rules) {
    if (skippedBlocks === 0 || !largestBlock) continue;
    const blocks = skippedBlocks === 1 ? '1 block' : `${whole(skippedBlocks)} blocks`;
    lines.push(
      `Skipped of "${rule.name}": ${blocks}; the largest is "${largestBlock.key.slice(0, 20)}", ${whole(largestBlock.records)} records.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const placeLine = (moved: number): string[] =>
  moved < 0.01
    ? []
    : [`${share(moved)} of the matches live elsewhere: what says where counts as one thing.`];

/** What new records changed in a state. */
export function newText(summary: NewSummary): string {
  const { newCount, repeatedCount, foundCount, changedCount, mergedCount } = summary;
  const again = repeatedCount > 0 ? ` ${whole(repeatedCount)} were there already.` : '';
  const lines = [
    `${whole(newCount)} new records: ${whole(foundCount)} belong to persons that were known.${again}`,
  ];
  if (changedCount > 0) {
    lines.push(
      `${whole(changedCount)} earlier records have another cluster_id; ${whole(mergedCount)} clusters are part of others now. Column matched_id says by whom.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function sizeTable(sizes: ReadonlyMap<number, number>): string {
  const steps: readonly [string, number, number][] = [
    ['1', 1, 1],
    ['2', 2, 2],
    ['3', 3, 3],
    ['4 to 5', 4, 5],
    ['6 to 10', 6, 10],
    ['11 to 20', 11, 20],
    ['more', 21, Number.POSITIVE_INFINITY],
  ];
  const rows = steps.map(([label, from, to]) => {
    let persons = 0;
    let records = 0;
    for (const [size, count] of sizes) {
      if (size < from || size > to) continue;
      persons += count;
      records += size * count;
    }
    return [label, whole(persons), whole(records)];
  });
  return formatTable(
    ['records each', 'persons', 'records'],
    rows.filter(([, persons]) => persons !== '0'),
  );
}

function ruleTable(rules: MatchSummary['rules']): string {
  return formatTable(
    ['blocking rule', 'pairs', 'blocks skipped'],
    rules.map(({ rule, pairs, skippedBlocks }) => [
      rule.name.length > 44 ? `${rule.name.slice(0, 43)}…` : rule.name,
      whole(pairs),
      whole(skippedBlocks),
    ]),
  );
}

function whole(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)}%`;
}
