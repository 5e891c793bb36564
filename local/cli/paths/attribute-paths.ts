import {
  type AttributePathsOptions,
  attributePaths,
} from '@tributary/functions/attribution/attribute-paths';
import { pathRows } from './path-rows';
import { pathTable } from './path-table';

interface PrintPathsOptions extends AttributePathsOptions {
  /** CSV, NDJSON or Parquet by its ending; else a table on standard output. */
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `tributary attribute --paths`: attributes, and prints or writes what came out. */
export async function printPaths(options: PrintPathsOptions): Promise<void> {
  const result = await attributePaths(options);
  for (const { title, converged, stopReason } of result.models) {
    if (!converged) process.stderr.write(`Warning: ${title}: ${stopReason}\n`);
  }
  if (options.out !== undefined) {
    await writeRows(pathRows(result), options.out);
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(pathRows(result), null, 2)}\n`);
  } else if (options.out === undefined) {
    process.stdout.write(pathTable(result));
  }
}

async function writeRows(rows: ReturnType<typeof pathRows>, out: string): Promise<void> {
  const { writeTable } = await import('@tributary/functions/attribution/files/table-file');
  const [first] = rows;
  const names = rows.some(({ model }) => model !== first?.model)
    ? (['model', 'channel', 'credit', 'share', 'value'] as const)
    : ([
        'model',
        'channel',
        'credit',
        'share',
        'removal_effect',
        'shapley_value',
        'standard_error',
        'value',
      ] as const);
  const columns = names
    .filter((name) => rows.some((row) => row[name] !== undefined))
    .map((name) => ({
      name,
      type: name === 'model' || name === 'channel' ? ('string' as const) : ('number' as const),
      valueAt: (row: number) => rows[row]?.[name] ?? 0,
    }));
  await writeTable(columns, rows.length, out, process.stdout);
}
