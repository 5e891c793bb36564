import { type BigQueryError, UnsupportedError } from './errors';

/** Refuses names that BigQuery resolves specially. */
export function refuseByName(segments: readonly string[]): void {
  const name = segments.join('.');
  if (/(^|\.)INFORMATION_SCHEMA(\.|$)/i.test(name))
    throw new UnsupportedError('INFORMATION_SCHEMA');
}

/** Refuses statements that the analyzer takes for reads of the table that they fill. */
export function refuseStatement(sql: string): void {
  if (/^LOAD\s+DATA\b/i.test(sql)) {
    const what = 'LOAD DATA: start a load job, as `bq load` and the client do (table.load)';
    throw new UnsupportedError(what, { line: 1, column: 1 });
  }
}

/** Syntax of BigQuery that this analyzer does not know yet, by what its message cannot say. */
const SYNTAX: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*CREATE\s+(OR\s+REPLACE\s+)?PROCEDURE\b/i,
    "CREATE PROCEDURE, which Dataform's onSchemaChange makes",
  ],
  [/\|>/, 'pipe syntax (|>): write SELECT ... FROM'],
  [/\bGROUP\s+BY\s+ALL\b/i, 'GROUP BY ALL: write the keys out'],
  [/\b(ALL|DISTINCT)\s+BY\s+NAME\b/i, 'BY NAME in a set operation: list the columns in one order'],
  [/@@\w/, 'system variables (@@name)'],
  [/\bML\.\w/i, 'ML functions'],
  [/\bCOLLATE\b/i, 'COLLATE: compare LOWER(text)'],
  [/\bMATCH_RECOGNIZE\b/i, 'MATCH_RECOGNIZE: use windows'],
  [/\b(VECTOR_)?SEARCH\s*\(/i, 'SEARCH: use REGEXP_CONTAINS or CONTAINS_SUBSTR'],
  [/\bWITH\s+DIFFERENTIAL_PRIVACY\b/i, 'WITH DIFFERENTIAL_PRIVACY'],
  [/\bEXTERNAL_QUERY\s*\(/i, 'EXTERNAL_QUERY'],
];

/** How the analyzer's messages begin where it does not know what it reads. */
const UNREAD =
  /^Syntax error|^System variables|Unrecognized name|not supported|unction not found|^Invalid identifier after/i;

/** Names the construct where the analyzer could only say that it does not read it. */
export function explainRefusal(error: BigQueryError, sql: string): BigQueryError {
  if (error instanceof UnsupportedError || error.reason === 'notFound') return error;
  if (!UNREAD.test(error.sentence)) return error;
  const text = blankLiterals(sql);
  const found = SYNTAX.find(([pattern]) => pattern.test(text));
  return found ? new UnsupportedError(found[1], error.location) : error;
}

/** Blanks in the place of strings, quoted names and comments, so that keywords can be looked for. */
export function blankLiterals(sql: string): string {
  return sql.replace(
    /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`\n]*`|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//g,
    (literal) => ' '.repeat(literal.length),
  );
}
