import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const reason = z.string().min(1, 'say why');

/** What a `case.yaml` may say; every field may be missing, and so may the file. */
const options = z.strictObject({
  /** What the case shows, for readers. */
  description: z.string().optional(),
  /** Dataform's compilation variables, over those of the project's settings. */
  vars: z.record(z.string(), z.string()).default({}),
  /** Runs, by number, that rebuild the table, as `dataform run --full-refresh` does. */
  full_refresh: z.array(z.int().min(1)).default([]),
  /** FLOAT64 values that differ by no more than this share of their size are equal. */
  tolerance: z.number().min(0).default(1e-9),
  /** Columns that no comparison looks at. */
  ignore: z.array(z.string()).default([]),
  /** The last run must fail, with this text in its message. */
  expected_error: z.string().min(1).optional(),
  /** Why one more run without new input may change the table. */
  repeat_differs: reason.optional(),
  /** Why a full refresh on the same inputs may give other rows. */
  full_refresh_differs: reason.optional(),
});

export type CaseOptions = z.infer<typeof options>;

/** Reads the `case.yaml` of a case. Throws one sentence for what it can't say. */
export function readCaseOptions(dir: string): CaseOptions {
  const file = join(dir, 'case.yaml');
  if (!existsSync(file)) return options.parse({});
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is no YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  const read = options.safeParse(content ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  throw new Error(`${file}: ${place}${issue?.message}; the options are in the README.`);
}
