import { printPath } from '../../sql/names';
import { splitScript } from '../../sql/script';
import { readScripting } from '../../sql/scripting';
import type { ModelDefinition } from '../project';
import { pathOf } from '../schemas';
import { ReferenceEngine, type ReferenceParts, type TypedRows } from './reference-engine';
import { inSubqueries } from './standing-subqueries';
import {
  CREATE,
  CREATE_EMPTY,
  DELETE,
  INSERT,
  plainName,
  readAssignments,
  TRUNCATE,
  UPDATE,
  variableTable,
} from './statement-forms';
import { valueText } from './value-text';

/**
 * Runs what `dataform run` sends for a model on Google's reference engine. The engine only answers
 * queries and stores nothing: a table that a statement makes or changes is kept here, as the rows
 * of the query that says the same. Only the forms that models use before their query are known;
 * any other statement is an error that shows it.
 */
export class ReferenceRun {
  private readonly tables: Map<string, TypedRows>;
  /** Variables of the script: each stands in a table of one row. */
  private readonly variables = new Set<string>();
  private readonly engine: ReferenceEngine;

  constructor(engines: ReferenceParts, project: string, inputs: ReadonlyMap<string, TypedRows>) {
    this.tables = new Map(inputs);
    this.engine = new ReferenceEngine(engines, project);
  }

  /** Time that the engine took, with sending and reading rows. */
  get seconds(): number {
    return this.engine.seconds;
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
    const before = this.tables.get(self) ?? { columns: [], rows: [] };
    const [key, ...others] = model.uniqueKey.map((it) => `target.\`${it}\` = source.\`${it}\``);
    const kept =
      key === undefined
        ? before
        : await this.without(
            self,
            `EXISTS (SELECT 1 FROM (${query}\n) AS source WHERE ${[key, ...others].join(' AND ')})`,
          );
    const added = await this.query(query);
    return { columns: kept.columns, rows: [...kept.rows, ...added.rows] };
  }

  private async prepare(operations: readonly string[]): Promise<void> {
    for (const { text } of splitScript(operations.join('\n;\n'))) await this.change(text);
  }

  private async change(statement: string): Promise<void> {
    const variables = readScripting(statement);
    if (variables?.kind === 'declare' || variables?.kind === 'set') {
      await this.set(variables);
      return;
    }
    const empty = CREATE_EMPTY.exec(statement);
    if (empty) {
      const name = plainName(empty[1]);
      const query = `SELECT * FROM UNNEST(ARRAY<STRUCT<${empty[2]}>>[])`;
      if (!this.tables.has(name)) this.tables.set(name, await this.query(query));
      return;
    }
    const created = CREATE.exec(statement);
    if (created) {
      this.tables.set(plainName(created[1]), await this.query(created[2] ?? ''));
      return;
    }
    const deleted = DELETE.exec(statement);
    if (deleted) {
      const [, name = '', condition = ''] = deleted;
      const table = plainName(name);
      this.tables.set(table, await this.without(table, condition));
      return;
    }
    const inserted = INSERT.exec(statement);
    if (inserted) {
      await this.insert(plainName(inserted[1]), inserted[2] ?? '', inserted[3] ?? '');
      return;
    }
    const truncated = TRUNCATE.exec(statement);
    if (truncated) {
      this.tables.set(plainName(truncated[1]), await this.without(plainName(truncated[1]), 'TRUE'));
      return;
    }
    const updated = UPDATE.exec(statement);
    if (updated) {
      const [, name = '', alias = '', list = '', other = '', condition = ''] = updated;
      await this.update(plainName(name), alias, list, `${other} WHERE ${condition}`);
      return;
    }
    const shown = statement.replace(/\s+/g, ' ').slice(0, 60);
    throw new Error(`the reference engine cannot run the statement "${shown}"`);
  }

  private async set({ names, value }: { names: readonly string[]; value: string }): Promise<void> {
    // One that is declared without a value is not read before it is set.
    if (value === 'NULL') return;
    const rows = await this.query(`SELECT ${value} AS value`);
    for (const name of names) {
      this.tables.set(variableTable(name), rows);
      this.variables.add(name);
    }
  }

  private async insert(name: string, list: string, query: string): Promise<void> {
    const { columns, rows } = this.tables.get(name) ?? { columns: [], rows: [] };
    const names = list.split(',').map((it) => it.trim());
    const added = await this.query(query);
    const given = added.rows.map((row) =>
      Object.fromEntries(
        names.map((to, at) => [to, row[added.columns[at]?.name ?? ''] ?? null] as const),
      ),
    );
    this.tables.set(name, { columns, rows: [...rows, ...given] });
  }

  /** The statement with each variable as a query for its value. */
  private withVariables(sql: string): string {
    return [...this.variables].reduce(
      (text, name) =>
        text.replace(
          new RegExp(`\\b${name}\\b`, 'g'),
          `(SELECT value FROM ${variableTable(name)})`,
        ),
      sql,
    );
  }

  private async update(name: string, alias: string, list: string, from: string): Promise<void> {
    const { columns, rows } = this.tables.get(name) ?? { columns: [], rows: [] };
    const assignments = readAssignments(list);
    const values = assignments.map(({ column, value }) => `${value} AS ${column}`).join(', ');
    const changed = await this.query(
      `SELECT ${alias}.${ROW}, ${values} FROM \`${this.numbered(name)}\` AS ${alias}, ${from}`,
    );
    const byNumber = new Map(changed.rows.map(({ [ROW]: row, ...set }) => [Number(row), set]));
    this.tables.set(name, {
      columns,
      rows: rows.map((row, index) => ({ ...row, ...byNumber.get(index) })),
    });
  }

  /** Makes a table's rows with their numbers a table, and answers its name. */
  private numbered(name: string): string {
    const { columns, rows } = this.tables.get(name) ?? { columns: [], rows: [] };
    const numbered = `${name} numbered`;
    this.tables.set(numbered, {
      columns: [...columns, { name: ROW, type: { kind: 'INT64' } }],
      rows: rows.map((row, index) => ({ ...row, [ROW]: BigInt(index) })),
    });
    return numbered;
  }

  /** The rows of a table, called `target`, for which the condition is not true. */
  private async without(name: string, condition: string): Promise<TypedRows> {
    const { columns, rows } = this.tables.get(name) ?? { columns: [], rows: [] };
    const numbered = this.numbered(name);
    const left = await this.query(
      `SELECT ${ROW} FROM \`${numbered}\` AS target WHERE NOT COALESCE((${condition}\n), FALSE)`,
    );
    const numbers = new Set(left.rows.map((row) => Number(row[ROW])));
    return { columns, rows: rows.filter((_, index) => numbers.has(index)) };
  }

  private async query(sql: string): Promise<TypedRows> {
    return this.evaluate(await this.settleSubqueries(this.withVariables(sql)));
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

  private evaluate(sql: string): Promise<TypedRows> {
    return this.engine.evaluate(sql, this.tables);
  }
}

/** Number of a row, so that the engine need not send whole rows back. */
const ROW = 'row_of_target';
