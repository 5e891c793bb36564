import { performance } from 'node:perf_hooks';
import type { Analyzer, Evaluation, TableRows } from '../../sql/analyzer';
import type { Column, TablePath } from '../../sql/catalog';
import { printPath } from '../../sql/names';
import { splitScript } from '../../sql/script';
import type { ModelDefinition } from '../project';
import { pathOf } from '../schemas';
import type { SqlRow } from './linked-columns';
import { inSubqueries } from './standing-subqueries';
import { valueText } from './value-text';

/** Rows with the types of their columns. */
export interface TypedRows {
  readonly columns: readonly Column[];
  readonly rows: readonly SqlRow[];
}

/**
 * Runs what `dataform run` sends for a model on Google's reference engine. The engine only answers
 * queries and stores nothing: a table that a statement makes or changes is kept here, as the rows
 * of the query that says the same. Only the forms that models use before their query are known;
 * any other statement is an error that shows it.
 */
export class ReferenceRun {
  private readonly tables: Map<string, TypedRows>;
  /** Time that the engine took, with sending and reading rows. */
  seconds = 0;

  constructor(
    private readonly analyzer: Analyzer,
    private readonly project: string,
    inputs: ReadonlyMap<string, TypedRows>,
  ) {
    this.tables = new Map(inputs);
  }

  /** The rows of the model's table, built anew. */
  async fullRefresh(model: ModelDefinition): Promise<TypedRows> {
    await this.prepare(model.preOps);
    return this.query(model.query);
  }

  /** The rows of the model's table after an incremental run; the table is one of the inputs. */
  async incremental(model: ModelDefinition): Promise<TypedRows> {
    await this.prepare(model.incrementalPreOps);
    const self = printPath(pathOf(model.target));
    const query = model.incrementalQuery ?? model.query;
    const kept = await this.query(
      model.uniqueKey.length === 0
        ? `SELECT * FROM \`${self}\``
        : `SELECT * FROM \`${self}\` AS target WHERE NOT EXISTS (
             SELECT 1 FROM (${query}\n) AS source
             WHERE ${model.uniqueKey.map((key) => `target.\`${key}\` = source.\`${key}\``).join(' AND ')})`,
    );
    const added = await this.query(query);
    return { columns: kept.columns, rows: [...kept.rows, ...added.rows] };
  }

  private async prepare(operations: readonly string[]): Promise<void> {
    for (const { text } of splitScript(operations.join('\n;\n'))) await this.change(text);
  }

  private async change(statement: string): Promise<void> {
    const created = CREATE.exec(statement);
    if (created) {
      this.tables.set(plainName(created[1]), await this.query(created[2] ?? ''));
      return;
    }
    const deleted = DELETE.exec(statement);
    if (deleted) {
      const [, name = '', condition = ''] = deleted;
      const left = `SELECT * FROM ${name} WHERE NOT COALESCE((${condition}\n), FALSE)`;
      this.tables.set(plainName(name), await this.query(left));
      return;
    }
    const shown = statement.replace(/\s+/g, ' ').slice(0, 60);
    throw new Error(`the reference engine cannot run the statement "${shown}"`);
  }

  private async query(sql: string): Promise<TypedRows> {
    return this.evaluate(await this.settleSubqueries(sql));
  }

  /**
   * The engine evaluates the subquery of IN anew for every row: 1,000 rows took two minutes. One
   * that can stand by itself is answered first, and its distinct values take its place as a table.
   */
  private async settleSubqueries(sql: string): Promise<string> {
    let settled = '';
    let end = 0;
    for (const subquery of inSubqueries(sql)) {
      const rows = await this.standing(subquery.sql);
      const [column] = rows?.columns ?? [];
      if (!rows || !column) continue;
      const name = `in_subquery_${this.tables.size}`;
      const values = new Map(
        rows.rows.map(({ [column.name]: value = null }) => [valueText(value, column.type), value]),
      );
      this.tables.set(name, {
        columns: [{ name: 'value', type: column.type }],
        rows: [...values.values()].map((value) => ({ value })),
      });
      settled += `${sql.slice(end, subquery.start)}SELECT value FROM ${name}`;
      end = subquery.end;
    }
    return settled + sql.slice(end);
  }

  /** Undefined for a subquery that reads the query around it. */
  private async standing(sql: string): Promise<TypedRows | undefined> {
    try {
      return await this.evaluate(sql);
    } catch {
      return undefined;
    }
  }

  private async evaluate(sql: string): Promise<TypedRows> {
    const names = [...new Set((await this.analyzer.extractTables(sql)).map((it) => it.join('.')))];
    const tables = names.flatMap((name) => this.tableRows(name));
    const begun = performance.now();
    try {
      const { columns, rows } = await this.analyzer.evaluate(sql, tables);
      return { columns, rows: rows.map((cells) => toRow(columns, cells)) };
    } finally {
      this.seconds += (performance.now() - begun) / 1000;
    }
  }

  private tableRows(name: string): readonly TableRows[] {
    const table = this.tables.get(name);
    if (!table) return [];
    const [project = this.project, dataset = '', last = name] =
      name.split('.').length === 3 ? name.split('.') : [];
    const path: TablePath = { project, dataset, table: last };
    return [{ name, entry: { path, kind: 'TABLE', columns: table.columns }, rows: table.rows }];
  }
}

const NAME = '(`[^`]+`|[\\w.]+)';
const CREATE = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TEMP|TEMPORARY)\\s+TABLE\\s+${NAME}\\s+AS\\s([\\s\\S]*)$`,
  'i',
);
const DELETE = new RegExp(`^DELETE\\s+(?:FROM\\s+)?${NAME}\\s+WHERE\\s([\\s\\S]*)$`, 'i');

const plainName = (written: string | undefined): string => (written ?? '').replaceAll('`', '');

function toRow(columns: readonly Column[], cells: Evaluation['rows'][number]): SqlRow {
  return Object.fromEntries(columns.map(({ name }, index) => [name, cells[index] ?? null]));
}
