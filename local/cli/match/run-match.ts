import { UserError } from '@tributary/functions/shared/errors';
import { createProgress } from '../progress';
import { findProject } from '../project';
import { explanationText } from './explain-text';
import { matchFile } from './match-file';
import { readSettings } from './read-settings';
import { summaryText } from './summary-text';
import { checkPairsFile } from './write-answers';

export interface RunMatchOptions {
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
  if (explain && (out !== undefined || pairs !== undefined)) {
    throw new UserError('--explain writes no files: leave out --out and --pairs.');
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
  } else if (!quiet) {
    process.stderr.write(summaryText(summary));
  }
}
