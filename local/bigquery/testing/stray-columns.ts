import { distance } from '../../cli/schema/find-table';
import { tokenizeSql } from '../sql/script';
import { textsOf } from './compiled-graph';
import type { EvidenceFile } from './infer-columns';
import type { CompiledProject } from './project';

/** A column that one file of rows has by mistake, most likely. */
export interface StrayColumn {
  readonly file: string;
  readonly column: string;
  /** What it should have been. */
  readonly meant: string;
}

/**
 * Columns that look like typing errors, among the rows that tell what columns a table has. So
 * that an honest column is never one, all of this must hold: no other file has it, no model names
 * it, one that a model names is a letter or two away, and no row has both.
 */
export function strayColumns(
  project: Pick<CompiledProject, 'models'>,
  evidence: readonly EvidenceFile[],
): StrayColumn[] {
  const filesOf = new Map<string, EvidenceFile[]>();
  for (const file of evidence) {
    for (const name of new Set(file.rows.flatMap((row) => Object.keys(row)))) {
      filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
    }
  }
  const words = wordsOf(project);
  const isRead = (name: string): boolean => words.has(name.toLowerCase());
  const known = [...filesOf.keys()].filter(isRead);
  return [...filesOf].flatMap(([column, [only, ...others]]) => {
    if (!only || others.length > 0 || isRead(column)) return [];
    const rows = only.rows.filter((row) => column in row);
    const meant = known.find(
      (name) => isTypingError(column, name) && !rows.some((row) => name in row),
    );
    return meant === undefined ? [] : [{ file: only.file, column, meant }];
  });
}

/** `address_1` and `address_2` are two columns; short names are near to many. */
function isTypingError(column: string, name: string): boolean {
  const letters = (text: string): string => text.replace(/\d/g, '');
  return (
    distance(column, name) <= 2 &&
    Math.min(column.length, name.length) > 3 &&
    letters(column) !== letters(name)
  );
}

function wordsOf({ models }: Pick<CompiledProject, 'models'>): ReadonlySet<string> {
  const texts = [...models.values()].flatMap((model) => [...textsOf(model), ...model.uniqueKey]);
  return new Set(
    texts.flatMap((text) =>
      [...tokenizeSql(text)].map((token) => token.text.replaceAll('`', '').toLowerCase()),
    ),
  );
}
