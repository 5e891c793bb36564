/**
 * `npm run bench:match [-- 100000 1000000]`: generated persons with slips, from a CSV to clusters in
 * CSVs of clusters and pairs, training included; Splink on the same file where Python has it; then
 * 10,000 new records against them. Seconds by stage, memory of the whole process, and F1 by the truth
 * that the generator kept.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatchSettings } from '@tributary/functions/identity/settings';
import { matchState } from '@tributary/local/cli/match/state/match-state';
import { findProject } from '@tributary/local/cli/project';
import { measureArrivals, splitArrivals } from './match/arrivals';
import { calibrationLines, readCalibration } from './match/calibration';
import { writePersons } from './match/persons';
import { scoreClusters } from './match/score';
import { compareSplink } from './match/splink';
import { measureStages } from './match/stages';

const sizes = process.argv.slice(2).map(Number);

/** New records that are matched against all others. */
const ARRIVALS = 10_000;

/** Of a million records: seconds, gigabytes, and seconds of the new ones. */
const ALLOWED = { records: 1_000_000, seconds: 60, gigabytes: 6, arrivalSeconds: 5 };

async function measure(recordCount: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    const all = await writePersons(join(folder, 'all.csv'), recordCount + ARRIVALS);
    const { earlier, arrivals, persons } = await splitArrivals(folder, all, ARRIVALS);
    const pairs = join(folder, 'pairs.csv');
    const { result, text, seconds } = await measureStages(
      (progress) =>
        matchState({
          project: findProject(),
          inputs: [earlier],
          settings: parseMatchSettings({}, 'defaults'),
          hasSettings: false,
          state: join(folder, 'state'),
          out: join(folder, 'clusters.csv'),
          pairs,
          progress,
        }),
      'Keeping the state',
    );
    if (!('whole' in result)) throw new Error('the folder held a state already');
    const { clusters, rules } = result.whole;
    const { precision, recall, f1 } = scoreClusters(persons, clusters);
    const memory = process.resourceUsage().maxRSS / 1024 / 1024;
    const pairCount = rules.reduce((sum, rule) => sum + rule.pairs, 0);
    console.log(
      `${recordCount.toLocaleString('en')} records: ${text}, ${memory.toFixed(1)} GB, load ${loadavg()[0]?.toFixed(1)}; keeping the state does not count`,
    );
    console.log(
      `  ${pairCount.toLocaleString('en')} pairs by ${rules.length} rules; precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
    );
    console.log(calibrationLines(await readCalibration(pairs, all.persons)).join('\n'));
    console.log(`  ${await compareSplink(folder, earlier, persons, { seconds, f1 })}`);
    const arrived = await measureArrivals(folder, arrivals, all.persons);
    console.log(`  ${ARRIVALS.toLocaleString('en')} new records against them: ${arrived.text}`);
    const isAbove =
      seconds > ALLOWED.seconds ||
      memory > ALLOWED.gigabytes ||
      arrived.seconds > ALLOWED.arrivalSeconds;
    if (recordCount >= ALLOWED.records && isAbove) {
      console.log('  above what is allowed: 60 s and 6 GB, 5 s for the new records');
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) await measure(size);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
