import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BigQueryError } from '../sql/errors';
import type { CompiledProject, ModelDefinition } from './project';

/**
 * The sentence of a failed model: its file, and its line where the SQL of that line stands in the
 * file as it was compiled. Lines that `${...}` made are shown as compiled instead.
 */
export function describeFailure(
  project: CompiledProject,
  model: ModelDefinition,
  script: string,
  error: unknown,
): string {
  if (!(error instanceof BigQueryError)) return `${model.fileName}: ${(error as Error).message}`;
  const text = error.location && script.split('\n')[error.location.line - 1]?.trim();
  if (!text) return `${model.fileName}: ${error.message}`;
  const line = findLine(project, model, text);
  const file = line === undefined ? model.fileName : `${model.fileName}:${line}`;
  return `${file}: ${error.sentence}, in: ${excerpt(text)}`;
}

const LONGEST_EXCERPT = 100;

function excerpt(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}

/** The one line of the model's file that holds this text alone; undefined where none or more do. */
function findLine(
  project: CompiledProject,
  model: ModelDefinition,
  text: string,
): number | undefined {
  const lines = readLines(join(project.dir, model.fileName));
  const found = lines.flatMap((line, index) => (line.trim() === text ? [index + 1] : []));
  return found.length === 1 ? found[0] : undefined;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
