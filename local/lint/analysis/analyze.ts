import { compilerOf } from '../../bigquery/jobs/compiler';
import { type Analyzer, startAnalyzer } from '../../bigquery/sql/analyzer';
import type { Column } from '../../bigquery/sql/catalog';
import type { ResolvedStatement } from '../../bigquery/sql/resolved-ast/read';
import { splitScript } from '../../bigquery/sql/script';
import type { CompiledProject } from '../../bigquery/testing/project';
import { projectSchemas } from '../../bigquery/testing/schemas';
import type { ActionScript } from '../actions';
import { offsetAt } from '../problem';
import type { AnalyzedStatement } from '../rule';
import type { SqlText } from '../sqlx/sql-text';
import { type Refusal, refusalsOf } from './refusals';

/** What the analyzer says of a project. */
interface Analysis {
  readonly statements: readonly AnalyzedStatement[];
  /** Columns of the tables that models make, and of those that they read. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** What could not be analyzed, and why. */
  readonly problems: readonly Refusal[];
  /** Texts of which nothing could be resolved, and which are looked at as tokens only. */
  readonly unresolved: readonly SqlText[];
}

/** Analyzes all scripts; nothing runs. `onScript` hears how many are done. */
export async function analyzeProject(
  project: CompiledProject,
  scripts: readonly ActionScript[],
  onScript: (done: number) => void = () => {},
): Promise<Analysis> {
  const recorder = recording(await startAnalyzer());
  const compiler = compilerOf(recorder.analyzer);
  const schemas = projectSchemas(project, compiler);
  const statements: AnalyzedStatement[] = [];
  const problems: Refusal[] = [];
  const failed: ActionScript[] = [];
  const columns = new Map<string, readonly Column[]>();
  try {
    let done = 0;
    for (const script of scripts) {
      try {
        const errors: Error[] = [];
        await schemas.analyze(script.text, script.reads, (error) => errors.push(error));
        // The others may only follow from the first.
        if (errors[0]) throw errors[0];
        if (project.models.has(script.action) && !script.isIncremental) {
          columns.set(script.action, await schemas.columnsOf(script.action));
        }
      } catch (error) {
        failed.push(script);
        problems.push(...refusalsOf(error as Error, script));
      }
      statements.push(...statementsOf(script, recorder.statements));
      onScript(++done);
    }
  } finally {
    await compiler.close();
  }
  const resolved = new Set(statements.map(({ sql }) => sql));
  const unresolved = failed
    .flatMap(({ parts }) => parts.map(({ sql }) => sql))
    .filter((sql) => !resolved.has(sql));
  return { statements, columns, problems, unresolved };
}

/** An analyzer that keeps its answers: a model is analyzed for itself and for those that read it. */
function recording(inner: Analyzer) {
  const statements = new Map<string, ResolvedStatement>();
  const analyzer: Analyzer = {
    ...inner,
    async analyze(sql, context) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = await inner.analyze(sql, context);
      statements.set(sql, statement);
      return statement;
    },
    async analyzeKept(sql, context) {
      const kept = await inner.analyzeKept(sql, context);
      if (kept) statements.set(sql, kept.statement);
      return kept;
    },
  };
  return { analyzer, statements };
}

function statementsOf(
  { action, kind, isIncremental, text, parts }: ActionScript,
  known: ReadonlyMap<string, ResolvedStatement>,
): AnalyzedStatement[] {
  return splitScript(text).flatMap((statement) => {
    const resolved = known.get(statement.text);
    const end = statement.offset + statement.text.length;
    const part = parts.findLast(({ at }) => at < end);
    if (!resolved || !part) return [];
    const { sql, at } = part;
    const within = (offset: number) => Math.max(0, statement.offset + offset - at);
    return [
      {
        ...{ action, kind, isIncremental, resolved, sql },
        start: within(0),
        end: end - at,
        offsetOf: ({ line, column }) => within(offsetAt(statement.text, line, column)),
      },
    ];
  });
}
