import { writeFile } from 'node:fs/promises';
import { type Clock, systemClock } from '../shared/clock';
import { UserError } from '../shared/errors';
import { readJourneyFile } from './files/journeys-file';
import { buildJourneys } from './ihc/build-journeys';
import type { IhcParameters } from './ihc/parameters';
import type { TrainingOptions } from './ihc/training/options';
import { train } from './ihc/training/train';
import { trainOnAnswers } from './train-answers';

export interface TrainFileOptions {
  /** CSV, NDJSON or Parquet. */
  readonly journeys: string;
  /** Where the parameters go, as JSON; standard output if absent. */
  readonly out?: string;
  /** The file holds answers of an IHC service, and their parameters are wanted. */
  readonly fromScored?: boolean;
  readonly conversionType?: string;
  /** Days before the conversion that count. */
  readonly lookbackDays?: number;
  readonly training?: Partial<TrainingOptions>;
  readonly clock?: Clock;
  readonly stdout?: NodeJS.WritableStream;
  /** Where warnings go, one line each. */
  readonly stderr?: NodeJS.WritableStream;
}

/** Resamples for the intervals: about a second, whatever the size of the file. */
const BOOTSTRAP_SAMPLES = 100;

/**
 * Trains IHC on a file of journeys and writes the parameters as JSON. With `fromScored` the file
 * also holds answers (initializer, holder, closer, ihc), and the parameters behind them are found.
 *
 * @throws UserError where the file is wrong, or holds too little to train on
 */
export async function trainFile(options: TrainFileOptions): Promise<IhcParameters> {
  const origin = {
    conversionType: options.conversionType ?? 'conversion',
    trainedAt: (options.clock ?? systemClock)(),
  };
  const { parameters, warnings } = await (options.fromScored
    ? trainOnAnswers(options.journeys, origin)
    : trainOnJourneys(options, origin));
  for (const warning of warnings) {
    (options.stderr ?? process.stderr).write(`${warning}\n`);
  }
  const text = `${JSON.stringify(parameters, null, 2)}\n`;
  if (options.out === undefined) {
    (options.stdout ?? process.stdout).write(text);
  } else {
    await writeFile(options.out, text);
  }
  return parameters;
}

interface Origin {
  readonly conversionType: string;
  readonly trainedAt: Date;
}

interface Trained {
  readonly parameters: IhcParameters;
  /** Lines for the person who trains. */
  readonly warnings: readonly string[];
}

async function trainOnJourneys(options: TrainFileOptions, origin: Origin): Promise<Trained> {
  const file = await readJourneyFile(options.journeys, { missing: 'keep', sessionIds: 'hash' });
  const built = buildJourneys(file.columns, {
    lookbackDays: options.lookbackDays ?? 120,
  });
  const result = train({
    ...built,
    ...origin,
    options: { bootstrapSamples: BOOTSTRAP_SAMPLES, ...options.training },
  });
  if (!result.converged) {
    throw new UserError(`${options.journeys}: ${result.stopReason}`);
  }
  const warnings = result.diagnostics.warnings.map((warning) => `Warning: ${warning}`);
  return { parameters: result.parameters, warnings };
}
