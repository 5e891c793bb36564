import type { Command } from 'commander';

export function registerSchema(program: Command): void {
  program
    .command('schema [table]')
    .description("a table's columns, types and descriptions; without a name, all tables")
    .option('--json', 'the same as JSON')
    .addHelpText(
      'after',
      `
Types come from the analysis of the models: no warehouse is needed, nothing runs.

Examples:
  $ npx tributary schema                      all tables, and what a row of each is
  $ npx tributary schema sessions             the columns of one`,
    )
    .action(async (name: string | undefined, options: { json?: boolean }) => {
      const { findTable } = await import('../schema/find-table.js');
      const { readProjectTables } = await import('../schema/read-schemas.js');
      const { firstSentence, printSchema, printTables, schemaFields } = await import(
        '../schema/print-schema.js'
      );
      const { createProgress } = await import('../progress.js');
      const { findProject } = await import('../project.js');
      const progress = await createProgress();
      const project = await progress.step('Compiling the project', () =>
        readProjectTables(findProject().dir),
      );
      const print = (json: unknown, text: () => string) =>
        process.stdout.write(`${options.json ? JSON.stringify(json, null, 2) : text()}\n`);
      try {
        if (name === undefined) {
          const list = project.tables.map(({ described: _, ...table }) => ({
            ...table,
            grain: firstSentence(table.description),
          }));
          print(list, () => printTables(project.tables));
          return;
        }
        const table = findTable(project.tables, name);
        const fields = schemaFields(await project.columnsOf(table.name), table.described);
        const { described: _, ...said } = table;
        print({ ...said, columns: fields }, () => printSchema(table, fields));
      } finally {
        await project.close();
      }
    });
}
