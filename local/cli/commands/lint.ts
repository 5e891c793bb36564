import type { Command } from 'commander';

export function registerLint(program: Command): void {
  program
    .command('lint [folder]')
    .description('hold the models of a Dataform project to the rules of local/lint/README.md')
    .option('--json', 'problems as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary lint                        this project; the same as npm run lint:sql
  $ npx tributary lint ../another-project     any Dataform project; its lint.yaml, if any, is read`,
    )
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const { lintProject } = await import('../../lint/lint-project.js');
      const { printProblems } = await import('../print-problems.js');
      const { createProgress } = await import('../progress.js');
      const { findProject } = await import('../project.js');
      const dir = folder ?? findProject().dir;
      const progress = await createProgress();
      const { problems, fileCount } = await lintProject(dir, progress.step);
      if (options.json) {
        process.stdout.write(`${JSON.stringify(problems, null, 2)}\n`);
      } else {
        const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
        for (const line of printProblems(problems, columns)) process.stdout.write(`${line}\n`);
        process.stdout.write(`${summary(problems, fileCount)}\n`);
      }
      if (problems.length > 0) process.exitCode = 1;
    });
}

function summary(problems: readonly { readonly file: string }[], fileCount: number): string {
  if (problems.length === 0) return `no problems in ${fileCount} files`;
  const files = new Set(problems.map(({ file }) => file)).size;
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  return `${count(problems.length, 'problem')} in ${count(files, 'file')}`;
}
