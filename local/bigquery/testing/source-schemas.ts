import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseSchema, tableField } from '../jobs/table-schema';
import type { Column } from '../sql/catalog';
import { parseType } from '../sql/types';
import { listInputFiles, listModelCases } from './case-files';
import { type EvidenceFile, inferColumns } from './infer-columns';
import type { CompiledProject, Target } from './project';
import { readRows } from './row-files';
import { type StrayColumn, strayColumns } from './stray-columns';
import { allTargets, fullName, nameOf, tablesNamed } from './table-names';

/** `{column: type}` as people write it, or the list that `bq show --schema` prints. */
const schemaFile = z.union([z.record(z.string(), z.string()), z.array(tableField)]);

/** The folder of a project's cases. */
export function casesFolder(projectDir: string): string {
  return join(projectDir, 'tests/models');
}

/**
 * Columns of a table that no query makes known: by its file in `tests/schemas/`, by the contract
 * of our own raw tables, or by the rows that the project's cases give for it. Undefined where
 * nothing says anything. A case names only the columns that matter, so none is REQUIRED.
 */
export function sourceColumns(
  project: CompiledProject,
  target: Target,
): readonly Column[] | undefined {
  return (
    schemaColumns(project, target) ??
    contractColumns(project, target) ??
    inferredColumns(project, target)
  );
}

/**
 * Columns by `tests/schemas/<table>.yaml` or `.json`. A table that the project does not declare
 * goes by its dataset too; the asterisk of a wildcard is left out.
 */
export function schemaColumns(
  project: CompiledProject,
  target: Target,
): readonly Column[] | undefined {
  const folder = join(dirname(casesFolder(project.dir)), 'schemas');
  const known = nameOf(project, target);
  const names = [`${target.schema}.${target.name}`, fullName(target)];
  const file = [...(known === undefined ? [] : [known]), ...names]
    .map((name) => name.replaceAll('*', ''))
    .flatMap((name) => ['.yaml', '.yml', '.json'].map((ending) => join(folder, name + ending)))
    .find(existsSync);
  if (file === undefined) return undefined;
  try {
    const schema = schemaFile.parse(parse(readFileSync(file, 'utf8')));
    return Array.isArray(schema)
      ? withoutRequired(parseSchema(schema).columns)
      : Object.entries(schema).map(([name, type]) => ({ name, type: parseType(type) }));
  } catch (error) {
    const what = error instanceof z.ZodError ? '' : ` (${(error as Error).message})`;
    throw new Error(
      `${file} must be a map of columns to types, or the list that bq show --schema prints${what}.`,
    );
  }
}

/** This repository's own raw tables have a contract in code; other projects have none. */
function contractColumns(project: CompiledProject, { name }: Target): Column[] | undefined {
  if (!existsSync(join(project.dir, 'functions/shared/raw-tables.ts'))) return undefined;
  const table = Object.entries(rawTables).find(([raw]) => raw === name)?.[1];
  return table && withoutRequired(parseSchema(table.columns).columns);
}

function withoutRequired(columns: readonly Column[]): Column[] {
  return columns.map(({ required: _, ...column }) => column);
}

/** Columns by the rows that all cases of the project give for a table. */
export function inferredColumns(
  project: CompiledProject,
  target: Target,
): readonly Column[] | undefined {
  const columns = inferColumns(nameOf(project, target) ?? target.name, evidenceOf(project, target));
  return columns.length > 0 ? columns : undefined;
}

/** Typing errors in rows of a table whose columns only these rows tell. */
export function strayColumnsOf(project: CompiledProject, target: Target): readonly StrayColumn[] {
  const isTold = schemaColumns(project, target) ?? contractColumns(project, target);
  return isTold ? [] : strayColumns(project, evidenceOf(project, target));
}

/** Every file of a case that gives rows of a table. */
function evidenceOf(project: CompiledProject, target: Target): EvidenceFile[] {
  return listModelCases(casesFolder(project.dir)).flatMap(({ model, dir }) => {
    const inputs = inputsOf(project, model);
    return listInputFiles(dir)
      .filter(({ table }) => isNamed(inputs, table, target))
      .flatMap(({ file }) => readEvidence(file));
  });
}

/** The tables that files of a case can mean: what its model reads. */
function inputsOf(project: CompiledProject, caseModel: string): readonly Target[] {
  const models = [...project.models.values()];
  const [target] = tablesNamed(
    models.map((model) => model.target),
    caseModel,
  );
  const model = models.find((it) => it.target === target);
  return model ? distinct(model.dependencyTargets) : allTargets(project);
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [fullName(target), target])).values()];
}

function isNamed(targets: readonly Target[], name: string, target: Target): boolean {
  const named = tablesNamed(targets, name);
  return named.length === 1 && named.some((it) => fullName(it) === fullName(target));
}

/** A file that can't be read fails the case that it belongs to, and only that. */
function readEvidence(file: string): EvidenceFile[] {
  try {
    return [{ file, rows: readRows(file) }];
  } catch {
    return [];
  }
}
