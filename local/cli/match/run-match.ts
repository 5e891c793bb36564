import { writeFile } from 'node:fs/promises';
import type { Explanation } from '@tributary/functions/identity/explain';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { createProgress } from '../progress';
import { findProject } from '../project';
import { explanationText } from './explain-text';
import { matchFile } from './match-file';
import { readSettings } from './read-settings';
import { summaryText } from './summary-text';
import { checkPairsFile } from './write-answers';

interface RunMatchOptions {
  readonly input: readonly string[];
  readonly settings?: string;
  readonly out?: string;
  readonly pairs?: string;
  readonly explain?: readonly string[];
  readonly quiet?: boolean;
}

/**
 * `tributary match`: the answer goes to the file or to stdout, what is said about it to stderr.
 *
 * @throws UserError for options that contradict each other
 */
export async function runMatch(options: RunMatchOptions): Promise<void> {
  const { input, out, pairs, explain, quiet = false } = options;
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
  if (pairs !== undefined) checkPairsFile(pairs);
  const ids = one !== undefined && other !== undefined ? ([one, other] as const) : undefined;
  const summary = await matchFile({
    project: findProject(),
    inputs: input,
    settings: await readSettings(options.settings),
    out,
    pairs,
    explain: ids,
    progress: await createProgress({ quiet }),
  });
  if (ids && summary.explanation) {
    process.stdout.write(explanationText(summary.explanation, ids));
    if (out !== undefined) await draw(summary.explanation, ids, out);
  } else if (!quiet) {
    process.stderr.write(summaryText(summary));
  }
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
