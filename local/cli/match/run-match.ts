import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatOf } from '@tributary/functions/attribution/files/journeys-source';
import type { Explanation } from '@tributary/functions/identity/explain';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { createProgress } from '../progress';
import { findProject } from '../project';
import { explanationText } from './explain-text';
import { matchFile } from './match-file';
import { readSettings } from './read-settings';
import { matchState } from './state/match-state';
import { newJson, summaryJson } from './summary-json';
import { newText, summaryText } from './summary-text';
import { checkPairsFile } from './write-answers';

/** As the command line gives them. */
export interface RunMatchOptions {
  readonly input: readonly string[];
  readonly settings?: string;
  readonly out?: string;
  readonly pairs?: string;
  readonly explain?: readonly string[];
  readonly state?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * `tributary match`: the answer goes to the file or to stdout, what is said about it to stderr.
 *
 * @throws UserError for options that contradict each other
 */
export async function runMatch(options: RunMatchOptions): Promise<void> {
  const { input, out, pairs, explain, state, json = false, quiet = false } = options;
  if (input.length === 0) {
    throw new UserError('Name the records with --input FILE (--help shows examples).');
  }
  const [one, other, ...others] = explain ?? [];
  if (explain && (one === undefined || other === undefined || others.length > 0)) {
    throw new UserError('--explain takes two ids, such as --explain 17 4711.');
  }
  if (explain && (pairs !== undefined || (out !== undefined && !out.endsWith('.svg')))) {
    throw new UserError(
      '--explain writes a picture alone: leave out --pairs, and name an .svg with --out.',
    );
  }
  if (state !== undefined && (explain || input.length > 1)) {
    throw new UserError(
      '--state takes one --input and no --explain: pairs of new records are explained by --pairs.',
    );
  }
  if (json && (out === undefined || explain)) {
    throw new UserError(
      '--json writes the summary to stdout: name a file for the clusters with --out.',
    );
  }
  refuseSameFiles([...input, ...(out === undefined ? [] : [out])], pairs);
  refuseSameFiles(input, out);
  // Through 'exit', so that temporary folders are removed.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  // Before a million records are matched for nothing.
  if (out !== undefined && !explain) formatOf(out);
  if (pairs !== undefined) checkPairsFile(pairs);
  const ids = one !== undefined && other !== undefined ? ([one, other] as const) : undefined;
  const settings = await readSettings(options.settings);
  if (settings.compare === 'between_files' && input.length < 2) {
    throw new UserError('"compare": "between_files" takes two files: give --input twice.');
  }
  const run = {
    project: findProject(),
    inputs: input,
    settings,
    out,
    pairs,
    explain: ids,
    progress: await createProgress({ quiet: quiet || json }),
  };
  if (state !== undefined) {
    const answer = await matchState({ ...run, state, hasSettings: options.settings !== undefined });
    if (json) writeJson('added' in answer ? newJson(answer.added) : summaryJson(answer.whole));
    else if (!quiet)
      process.stderr.write('added' in answer ? newText(answer.added) : summaryText(answer.whole));
    return;
  }
  const summary = await matchFile(run);
  if (ids && summary.explanation) {
    process.stdout.write(explanationText(summary.explanation, ids, summary.verdict ?? ''));
    if (out !== undefined) await draw(summary.explanation, ids, out);
  } else if (json) {
    writeJson(summaryJson(summary));
  } else if (!quiet) {
    process.stderr.write(summaryText(summary));
  }
}

/** What is written must not take the place of what is read, nor of the other answer. */
function refuseSameFiles(others: readonly string[], written: string | undefined): void {
  if (written === undefined) return;
  if (others.some((other) => resolve(other) === resolve(written))) {
    throw new UserError(`${written} is named twice: give what is written a file of its own.`);
  }
}

function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

async function draw(
  explanation: Explanation,
  ids: readonly [string, string],
  file: string,
): Promise<void> {
  const { explanationPicture } = await import('./explain-picture.js');
  await writeFile(file, await explanationPicture(explanation, ids)).catch((error: unknown) => {
    throw new UserError(`${file} can't be written: ${messageOf(error)}.`);
  });
}
