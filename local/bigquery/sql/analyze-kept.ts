import type { AnalyzedText, AnalyzeRequest } from './analyze';
import type { NamedTable } from './analyzer';
import { BigQueryError } from './errors';
import { parameterTypes } from './parameter-types';
import { writtenNames } from './written-names';

/** Statements whose tables the analyzer's answer names all. */
const NAMES_ITS_TABLES =
  /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:\(|(?:SELECT|WITH|CREATE|INSERT|UPDATE|DELETE|MERGE|EXPORT|ASSERT)\b)/i;

/**
 * Over the catalog that the analyzer keeps, in one call; undefined where that is not certain to be
 * right. The statement's tables are looked for in its text; had one been overlooked, the answer
 * would name a table that was not found, and is not used.
 */
export async function analyzeKept(
  sql: string,
  request: AnalyzeRequest,
  findTables: (names: readonly (readonly string[])[]) => Promise<NamedTable[]>,
): Promise<AnalyzedText | undefined> {
  const { analyzer, parameters, variables, neighbours } = request;
  if (!neighbours?.listTables || variables?.size || !NAMES_ITS_TABLES.test(sql)) return undefined;
  try {
    const names = writtenNames(sql);
    const tables = await findTables(names);
    return await analyzer.analyzeKept(sql, {
      names,
      tables,
      parameters: parameterTypes(parameters),
    });
  } catch (error) {
    // It is told by the longer way, which knows what to say of it.
    if (error instanceof BigQueryError) return undefined;
    throw error;
  }
}
