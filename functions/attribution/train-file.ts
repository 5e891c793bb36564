import { writeFile } from 'node:fs/promises';
import { type Clock, systemClock } from '../shared/clock';
import { UserError } from '../shared/errors';
import { readJourneyFile } from './files/journeys-file';
import { buildJourneys } from './ihc/build-journeys';
import type { IhcParameters } from './ihc/parameters';
import type { TrainingOptions } from './ihc/training/options';
import { train } from './ihc/training/train';

export interface TrainFileOptions {
  /** CSV, NDJSON or Parquet. */
  readonly journeys: string;
  /** Where the parameters go, as JSON; standard output if absent. */
  readonly out?: string;
  readonly conversionType?: string;
  /** Days before the conversion that count. */
  readonly lookbackDays?: number;
  readonly training?: Partial<TrainingOptions>;
  readonly clock?: Clock;
  readonly stdout?: NodeJS.WritableStream;
  /** Where warnings go, one line each. */
  readonly stderr?: NodeJS.WritableStream;
}

/** Resamples for the intervals: enough for two digits, in about a second on small files. */
const BOOTSTRAP_SAMPLES = 200;

/**
 * Trains IHC on a file of journeys and writes the parameters as JSON.
 *
 * @throws UserError where the file is wrong, or holds too little to train on
 */
export async function trainFile(options: TrainFileOptions): Promise<IhcParameters> {
  const stderr = options.stderr ?? process.stderr;
  const file = await readJourneyFile(options.journeys, { missing: 'keep', sessionIds: 'hash' });
  const built = buildJourneys(file.columns, {
    lookbackDays: options.lookbackDays ?? 120,
    dropDuplicates: true,
  });
  const result = train({
    ...built,
    conversionType: options.conversionType ?? 'conversion',
    trainedAt: (options.clock ?? systemClock)(),
    options: { bootstrapSamples: BOOTSTRAP_SAMPLES, ...options.training },
  });
  if (!result.converged) {
    throw new UserError(`${options.journeys}: ${result.stopReason}`);
  }
  for (const warning of result.diagnostics.warnings) {
    stderr.write(`Warning: ${warning}\n`);
  }
  const text = `${JSON.stringify(result.parameters, null, 2)}\n`;
  if (options.out === undefined) {
    (options.stdout ?? process.stdout).write(text);
  } else {
    await writeFile(options.out, text);
  }
  return result.parameters;
}
