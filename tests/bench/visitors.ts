/**
 * `npm run bench:visitors [-- PERSONS DAYS SEED]`: matching of the demo shop's visitors against its
 * truth, by what proves identity alone and with evidence: pairs by kind of person, households that
 * share a line, and journeys whose true first touch is found.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tributary/functions/shared/clock';
import { startLocalBigQuery } from '@tributary/local/bigquery/server';
import { compileAhead } from '@tributary/local/cli/model-run';
import { trainVisitorMatching } from '@tributary/local/cli/pipeline';
import type { Progress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { formatTable } from '@tributary/local/cli/table';
import { type OpenWarehouse, onLaptop } from '@tributary/local/cli/warehouse';
import { loadDemo } from '@tributary/local/demo/load-demo';
import {
  type FirstTouchScore,
  type PairScore,
  precision,
  recall,
  scoreFirstTouches,
  scoreHouseholds,
  scorePairs,
} from '../support/visitor-score';

const [persons = 8000, days = 90, seed = 20261031] = process.argv.slice(2).map(Number);

const progress: Progress = {
  step: async (title, work) => {
    const startedAt = performance.now();
    const result = await work(() => {});
    console.log(`${title}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return result;
  },
  note: (text) => console.log(text),
  warn: (text) => console.log(`Warning: ${text}`),
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const project = findProject();
  const server = await startLocalBigQuery({
    warehouseDir: folder,
    defaultProject: project.projectId,
  });
  try {
    const open = onLaptop(project, folder, server.url);
    await open.warehouse.ensureRawTables();
    await loadDemo({
      warehouse: open.warehouse,
      clock: systemClock,
      input: { persons, days, seed },
    });
    await run(open, 'prepare');
    await run(open, 'match');
    const before = await score(open);
    await trainVisitorMatching(open, progress);
    await run(open, 'match');
    print(before, await score(open));
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(open: OpenWarehouse, tag: string): Promise<void> {
  const models = await compileAhead(open, { title: `Models: ${tag}`, tags: [tag] });
  try {
    await models.run(progress);
  } finally {
    await models.stop();
  }
}

type Score = Awaited<ReturnType<typeof score>>;

async function score({ warehouse }: OpenWarehouse) {
  return {
    pairs: await scorePairs(warehouse),
    households: await scoreHouseholds(warehouse),
    firstTouches: await scoreFirstTouches(warehouse),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function print(before: Score, after: Score): void {
  console.log(`\n${persons} persons, ${days} days, seed ${seed}\n`);
  console.log(
    formatTable(
      ['person', 'persons', 'pairs', 'recall', 'with evidence', 'precision'],
      after.pairs.map((pair, at) => [
        pair.scenario,
        `${pair.persons}`,
        `${pair.truePairs}`,
        percent(recall(before.pairs[at] as PairScore)),
        percent(recall(pair)),
        percent(precision(pair)),
      ]),
    ),
  );
  const { personPairs, merged, mergedByLineAlone } = after.households;
  console.log(
    `\nPairs of persons who share a household's line: ${personPairs}, merged ${merged} (${percent(merged / personPairs)}), of whom ${mergedByLineAlone} share nothing but the line; by proof alone ${before.households.merged}.\n`,
  );
  console.log(
    formatTable(
      ['true first touch found', 'journeys', 'by proof', 'with evidence'],
      after.firstTouches.map(({ conversionType, journeys, found }, at) => [
        conversionType,
        `${journeys}`,
        percent((before.firstTouches[at] as FirstTouchScore).found / journeys),
        percent(found / journeys),
      ]),
    ),
  );
  const all = (scores: Score) => scores.pairs.find(({ scenario }) => scenario === 'all');
  const [first, last] = [all(before), all(after)] as [PairScore, PairScore];
  const lift = recall(last) / recall(first) - 1;
  const isMet = lift >= 0.25 && precision(last) >= 0.95 && mergedByLineAlone === 0;
  console.log(
    `\nRecall lifted by ${percent(lift)} at precision ${percent(precision(last))}: ${isMet ? 'met' : 'missed'} (a quarter at 95%, nobody merged for the line alone).`,
  );
  if (!isMet) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
