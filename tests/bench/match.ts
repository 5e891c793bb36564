/**
 * `npm run bench:match [-- 100000 1000000]`: generated persons with slips, from a CSV to clusters in
 * CSVs of clusters and pairs, training included; seconds by stage, memory of the whole process, and F1 by the truth that
 * the generator kept.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchFile } from '@tributary/local/cli/match/match-file';
import type { Progress } from '@tributary/local/cli/progress';
import { findProject } from '@tributary/local/cli/project';
import { calibrationLines, readCalibration } from './match/calibration';
import { writePersons } from './match/persons';
import { scoreClusters } from './match/score';

const sizes = process.argv.slice(2).map(Number);

async function measure(recordCount: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    const { file, persons } = await writePersons(join(folder, 'persons.csv'), recordCount);
    const pairs = join(folder, 'pairs.csv');
    const stages: string[] = [];
    const progress: Progress = {
      async step(title, work) {
        const startedAt = performance.now();
        const usedAtStart = process.cpuUsage();
        const result = await work(() => {});
        const used = process.cpuUsage(usedAtStart);
        const processor = ((used.user + used.system) / 1e6).toFixed(0);
        stages.push(`${title.toLowerCase()} ${seconds(startedAt)} (${processor})`);
        return result;
      },
      note: () => {},
      warn: (text) => console.log(`  ${text}`),
    };
    const usedBefore = process.cpuUsage();
    const startedAt = performance.now();
    const { clusters, rules } = await matchFile({
      project: findProject(),
      inputs: [file],
      settings: parseMatchSettings({}, 'defaults'),
      out: join(folder, 'clusters.csv'),
      pairs,
      progress,
    });
    const took = seconds(startedAt);
    const { user, system } = process.cpuUsage(usedBefore);
    const { precision, recall, f1 } = scoreClusters(persons, clusters);
    const memory = (process.resourceUsage().maxRSS / 1024 / 1024).toFixed(1);
    const pairCount = rules.reduce((sum, rule) => sum + rule.pairs, 0);
    console.log(
      `${recordCount.toLocaleString('en')} records: ${took} (${stages.join(', ')}), processor ${((user + system) / 1e6).toFixed(0)} s, ${memory} GB, load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log(
      `  ${pairCount.toLocaleString('en')} pairs by ${rules.length} rules; precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
    );
    console.log(calibrationLines(await readCalibration(pairs, persons)).join('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function main(): Promise<void> {
  for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) await measure(size);
}

void main();
