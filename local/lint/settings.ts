import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { parse } from 'yaml';
import { z } from 'zod';

/** The file in the project's root; a project without one is held to the general rules alone. */
export const SETTINGS_FILE = 'lint.yaml';

const pattern = z.string().refine(isPattern, 'is no regular expression');

const settings = z.strictObject({
  /** Longest file below definitions/, in lines. */
  maximum_lines: z.int().positive().optional(),
  /** Names of models and assertions by folder below definitions/: a pattern each. */
  model_names: z.record(z.string(), pattern).default({}),
  /** What descriptions of models begin with. */
  description_start: z.string().optional(),
  /** Each action carries exactly one of these. */
  tags: z.array(z.string()).default([]),
  /** True: a folder with a number reads only from folders with the same number or a lower one. */
  numbered_stages: z.boolean().default(false),
  /** Names of tables that people read, and so each column of which is described. */
  described_tables: pattern.optional(),
  /** Types by the name of the column: a pattern each. */
  column_types: z.record(pattern, z.string()).default({}),
  /** The name of the last CTE, from which an explicit list is selected. */
  last_cte: z.string().optional(),
  /** Includes that may read the clock or throw dice. */
  clock_includes: z.array(z.string()).default([]),
});

export type LintSettings = z.infer<typeof settings>;

/** Reads the project's settings. Throws one sentence for a file that cannot be read. */
export function readLintSettings(projectDir: string): LintSettings {
  const file = join(projectDir, SETTINGS_FILE);
  if (!existsSync(file)) return settings.parse({});
  return parseLintSettings(readFileSync(file, 'utf8'), file);
}

export function parseLintSettings(text: string, file = SETTINGS_FILE): LintSettings {
  let content: unknown;
  try {
    content = parse(text) ?? {};
  } catch (error) {
    throw new UserError(`${file} is no YAML: ${messageOf(error).split('\n')[0]} Mend it there.`);
  }
  const read = settings.safeParse(content);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UserError(
    `${file}: ${issue?.path.join('.')}: ${issue?.message}; local/lint/README.md lists what it may hold.`,
  );
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
