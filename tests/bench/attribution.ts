/**
 * `npm run bench:attribution`: a million journeys (3.6 million touches, ten channels), seeded. From
 * a CSV, each model as a whole process, from node's start to its end; on typed arrays, the models
 * that need times; from a warehouse, all models of the settings, to exact credits. Beside them R's
 * ChannelAttribution, where it is on the machine.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { score } from '@tributary/functions/attribution/models/hazard/score';
import { train } from '@tributary/functions/attribution/models/hazard/train';
import type { TimedJourneys } from '@tributary/functions/attribution/models/model-journeys';
import {
  findChannelAttribution,
  secondsOfChannelAttribution,
} from './attribution/channel-attribution';
import { secondsOfGroupBy } from './attribution/group-by';
import { makeJourneys, writePathFile } from './attribution/journeys';
import {
  runAttribute,
  runProcess,
  type Seconds,
  secondsOf,
  usageOfAttribute,
} from './attribution/processes';
import { stepsFromWarehouse } from './attribution/warehouse';

const JOURNEYS = Number(process.argv[2] ?? 1_000_000);
const RUNS = Number(process.argv[3] ?? 7);

/** Whole processes; `rival` is what ChannelAttribution is asked for. */
const FROM_FILE = [
  { name: 'Markov, order 1', args: ['--model', 'markov'], allowed: 0.3, rival: '1' },
  {
    name: 'Markov, order 3',
    args: ['--model', 'markov', '--order', '3'],
    allowed: 0.4,
    rival: '3',
  },
  { name: 'Shapley', args: ['--model', 'shapley'] },
  { name: 'first, last, linear, Markov, Shapley', args: ['--model', 'all'] },
  { name: 'linear', args: ['--model', 'linear'], rival: 'heuristics' },
];

/** Models that need times, in this process. */
const ON_ARRAYS = [
  {
    name: 'hazard: fit and score',
    allowed: 2.5,
    run: (journeys: TimedJourneys) => {
      const { parameters, stopReason } = train(journeys);
      if (parameters === undefined) throw new Error(stopReason);
      return score(journeys, parameters);
    },
  },
];

const ALLOWED_FROM_WAREHOUSE = 60;

let isAbove = false;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    const file = join(folder, 'paths.csv');
    const journeys = makeJourneys(JOURNEYS);
    await writePathFile(journeys, file);
    console.log(
      `${JOURNEYS.toLocaleString('en')} journeys, ${journeys.touchCount.toLocaleString('en')} touches, ${(statSync(file).size / 1e6).toFixed(0)} MB; medians of ${RUNS} runs\n`,
    );
    await fromFile(file);
    await onArrays(journeys);
    await fromWarehouse(journeys);
    console.log(
      `\nload ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
    if (isAbove) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromFile(file: string): Promise<void> {
  const rival = findChannelAttribution();
  print('whole process, from CSV', ['median', 'least', 'allowed', 'CPU', 'memory', 'R', 'ratio']);
  show('node alone', await secondsOf(RUNS, () => runProcess(process.execPath, ['-e', '0'])));
  for (const { name, args, allowed, rival: model } of FROM_FILE) {
    const all = ['--paths', file, ...args];
    const seconds = await secondsOf(RUNS, () => runAttribute(all));
    const usage = usageOfAttribute(all);
    const theirs =
      rival.isThere && model ? await secondsOfChannelAttribution(file, model, RUNS) : undefined;
    show(name, seconds, allowed, [
      usage === undefined ? '' : usage.cpuSeconds.toFixed(2),
      usage === undefined ? '' : `${usage.megabytes.toFixed(0)} MB`,
      ...(theirs
        ? [theirs.median.toFixed(2), `${(theirs.median / seconds.median).toFixed(1)} x`]
        : []),
    ]);
  }
  console.log(rival.sentence);
  show('DuckDB: read and GROUP BY path, no model', await secondsOfGroupBy(file, RUNS));
}

async function onArrays(journeys: TimedJourneys): Promise<void> {
  print('\non typed arrays, in this process', ['median', 'least', 'allowed']);
  for (const { name, allowed, run } of ON_ARRAYS) {
    show(name, await secondsOf(Math.min(RUNS, 3), () => run(journeys)), allowed);
  }
}

/** What must be there before (journeys in the warehouse, the compiled project) is not counted. */
async function fromWarehouse(journeys: TimedJourneys): Promise<void> {
  print('\nfrom the warehouse, all models together', ['seconds', 'CPU', 'allowed']);
  const steps = await stepsFromWarehouse(journeys);
  for (const { name, seconds, cpuSeconds } of steps) {
    print(name, [seconds.toFixed(1), cpuSeconds.toFixed(1)]);
  }
  const sum = (of: 'seconds' | 'cpuSeconds') => steps.reduce((all, step) => all + step[of], 0);
  const isMet = sum('seconds') <= ALLOWED_FROM_WAREHOUSE;
  isAbove ||= !isMet;
  print('together', [
    sum('seconds').toFixed(1),
    sum('cpuSeconds').toFixed(1),
    `${ALLOWED_FROM_WAREHOUSE} ${isMet ? 'OK' : 'above'}`,
  ]);
}

function show(
  name: string,
  { median, least }: Seconds,
  allowed?: number,
  others: readonly string[] = [],
): void {
  const verdict =
    allowed === undefined ? '' : `${allowed.toFixed(1)} ${median <= allowed ? 'OK' : 'above'}`;
  isAbove ||= allowed !== undefined && median > allowed;
  print(name, [median.toFixed(2), least.toFixed(2), verdict, ...others]);
}

function print(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(40), ...cells.map((cell) => cell.padStart(8)));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
