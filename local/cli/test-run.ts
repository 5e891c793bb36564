import { UserError } from '@tributary/functions/shared/errors';
import { findCases, findDataformProject } from '../bigquery/testing/find-cases';
import { createModelRunner, DEFAULT_PARALLEL } from '../bigquery/testing/model-runner';
import { printResult, printSummary } from '../bigquery/testing/print-result';

interface TestRun {
  /** Cases that run at once. */
  readonly parallel?: number;
  readonly json?: boolean;
  readonly isCloud: boolean;
}

/**
 * Runs cases of the Dataform project in the working folder and prints them in their order, each
 * as soon as it and those before it are done. Sets exit code 1 where one failed.
 */
export async function runTests(names: readonly string[], options: TestRun): Promise<void> {
  const { parallel = DEFAULT_PARALLEL, json = false, isCloud } = options;
  if (isCloud) {
    throw new UserError('Cases run on the local BigQuery alone; leave out --cloud.');
  }
  // Through 'exit', so that temporary folders are removed.
  process.once('SIGINT', () => process.exit(130));
  const startedAt = performance.now();
  const projectDir = findDataformProject(process.cwd());
  const cases = findCases(projectDir, names);
  const status = statusLine();
  status.show(`Compiling ${projectDir} ...`);
  const runner = await createModelRunner({
    projectDir,
    parallel: Math.min(parallel, cases.length),
  }).finally(status.clear);
  try {
    let done = 0;
    const running = cases.map(async (folder) => {
      const result = await runner.run(folder);
      done += 1;
      status.show(`${done} of ${cases.length} cases`);
      return result;
    });
    const results = [];
    for (const promise of running) {
      const result = await promise;
      results.push(result);
      if (json) continue;
      status.clear();
      process.stdout.write(`${printResult(result)}\n`);
    }
    status.clear();
    const milliseconds = performance.now() - startedAt;
    const failed = results.filter(({ isPassed }) => !isPassed).length;
    if (json) {
      const summary = {
        ...{ passed: results.length - failed, failed, milliseconds: Math.round(milliseconds) },
        cases: results,
      };
      process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    } else {
      process.stdout.write(`\n${printSummary(results, milliseconds)}\n`);
    }
    if (failed > 0) process.exitCode = 1;
  } finally {
    await runner.close();
  }
}

/** One line that is written over, on a terminal alone. */
function statusLine(): { show(text: string): void; clear(): void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => stderr.write(`\r\u001b[2K${text}`),
    clear: () => stderr.write('\r\u001b[2K'),
  };
}
