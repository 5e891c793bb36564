import type { Facts } from './analysis/facts';
import { checkExceptions, findException } from './exceptions';
import { type Problem, placeAt } from './problem';
import type { Action, AnalyzedStatement, Report, Rule } from './rule';
import type { LintSettings } from './settings';
import type { SourceFile } from './sqlx/source-file';
import { describePlace, type SourcePlace, type SqlText } from './sqlx/sql-text';

/** What the rules look at. */
interface RuleInput {
  readonly files: readonly SourceFile[];
  readonly actions: readonly Action[];
  readonly texts: readonly { readonly sql: SqlText; readonly kind: Action['kind'] }[];
  readonly unresolved: readonly SqlText[];
  readonly statements: readonly AnalyzedStatement[];
  readonly settings: LintSettings;
  readonly facts: Facts;
  /** True where a part could not be read: then an exception may well excuse what was not seen. */
  readonly hasFailures: boolean;
}

/** Runs rules and leaves out what a comment excuses with a reason. */
export function runRules(rules: readonly Rule[], input: RuleInput): Problem[] {
  const problems: Problem[] = [];
  const used = new Set<string>();

  const inFile =
    (rule: string, { path: file, text }: SourceFile): Report =>
    (offset, message) => {
      const exception = findException(text, offset, rule);
      if (exception) used.add(`${file}:${placeAt(text, exception.offset).line}`);
      else problems.push({ rule, file, ...placeAt(text, offset), message });
    };
  const inSql =
    (rule: string, sql: SqlText): Report =>
    (offset, message) => {
      const place = sql.place(offset);
      const line = exceptionLine(rule, sql, offset, place);
      if (line === undefined) problems.push({ rule, ...describePlace(place, message) });
      else used.add(`${place.file}:${line}`);
    };

  const { settings, facts } = input;
  for (const rule of rules) {
    const { name } = rule;
    for (const file of input.files) rule.file?.(file, inFile(name, file), settings);
    for (const action of input.actions) rule.action?.(action, inFile(name, action.file), settings);
    for (const { sql, kind } of input.texts) rule.text?.(sql, inSql(name, sql), settings, kind);
    for (const sql of input.unresolved) rule.unresolved?.(sql, inSql(name, sql));
    for (const statement of input.statements) {
      rule.statement?.(statement, inSql(name, statement.sql), facts);
    }
  }
  const known = new Set(rules.map(({ name }) => name));
  const isUsed = (file: string, line: number) => input.hasFailures || used.has(`${file}:${line}`);
  return [
    ...problems,
    ...input.files
      .filter(({ sqlx }) => sqlx)
      .flatMap(({ path, text }) =>
        checkExceptions(path, text, known, (line) => isUsed(path, line)),
      ),
  ];
}

/** The source line of the comment that excuses a place of a compiled text. */
function exceptionLine(
  rule: string,
  sql: SqlText,
  offset: number,
  place: SourcePlace,
): number | undefined {
  const compiled = findException(sql.text, offset, rule);
  if (compiled) return sql.place(compiled.offset).line ?? 0;
  const source = sql.source?.text ?? '';
  for (const at of place.offsets ?? []) {
    const written = findException(source, at, rule);
    if (written) return placeAt(source, written.offset).line;
  }
  return undefined;
}
