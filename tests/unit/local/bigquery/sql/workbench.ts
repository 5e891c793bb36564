import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { installRuntime } from '@tributary/local/bigquery/functions';
import {
  type Analyzer,
  type SqlValue,
  startAnalyzer,
} from '@tributary/local/bigquery/sql/analyzer';
import type { Catalog, Column, TableEntry, TablePath } from '@tributary/local/bigquery/sql/catalog';
import type { TypedSql } from '@tributary/local/bigquery/sql/compile/compiler';
import { sqlLiteral } from '@tributary/local/bigquery/sql/compile/literal';
import {
  duckSchema,
  duckTable,
  printPath,
  quoteIdentifier,
} from '@tributary/local/bigquery/sql/names';
import { type PrepareContext, prepareStatement } from '@tributary/local/bigquery/sql/prepare';
import type { PreparedStatement } from '@tributary/local/bigquery/sql/prepared';
import { splitScript } from '@tributary/local/bigquery/sql/script';
import { toDuckType } from '@tributary/local/bigquery/sql/types';
import { fromDuckDb } from './duckdb-values';

export interface Rows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/**
 * A whole engine in memory for tests: analyzer, compiler, DuckDB and a catalog of maps. It runs
 * prepared statements in the plainest way; the product's executor is elsewhere.
 */
export class Workbench {
  readonly tables = new Map<string, TableEntry>();
  readonly rows = new Map<string, Readonly<Record<string, SqlValue>>[]>();
  readonly variables = new Map<string, TypedSql>();
  readonly catalog: Catalog = {
    find: (path) => this.tables.get(printPath(path)),
    listTables: ({ project, dataset }) =>
      [...this.tables.values()].filter(
        ({ path }) => path.project === project && path.dataset === dataset,
      ),
  };

  private constructor(
    readonly analyzer: Analyzer,
    readonly connection: DuckDBConnection,
    private readonly instance: DuckDBInstance,
  ) {}

  static async open(): Promise<Workbench> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    installRuntime(connection);
    const bench = new Workbench(await startAnalyzer(), connection, instance);
    await bench.createSchema({ project: 'p', dataset: 'ds' });
    return bench;
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    await this.analyzer.close();
  }

  async createSchema(dataset: { project: string; dataset: string }): Promise<void> {
    await this.connection.run(`CREATE SCHEMA IF NOT EXISTS ${duckSchema(dataset)}`);
  }

  /** Adds a table with rows, known to both engines. */
  async addTable(
    table: string,
    columns: readonly Column[],
    rows: readonly Readonly<Record<string, SqlValue>>[],
  ): Promise<void> {
    const path = { project: 'p', dataset: 'ds', table };
    await this.createTable(path, columns);
    this.rows.set(printPath(path), [...rows]);
    for (const row of rows) {
      const values = columns.map((column) => sqlLiteral(row[column.name] ?? null, column.type));
      await this.connection.run(`INSERT INTO ${duckTable(path)} VALUES (${values.join(', ')})`);
    }
  }

  prepare(sql: string, extra: Partial<PrepareContext> = {}): Promise<PreparedStatement> {
    return prepareStatement(sql, {
      analyzer: this.analyzer,
      catalog: this.catalog,
      defaultProject: 'p',
      defaultDataset: { project: 'p', dataset: 'ds' },
      variables: this.variables,
      ...extra,
    });
  }

  /** Runs a script; the answer is that of its last query. */
  async run(script: string, extra: Partial<PrepareContext> = {}): Promise<Rows> {
    let last: Rows = { columns: [], rows: [] };
    for (const { text } of splitScript(script)) {
      last = (await this.execute(await this.prepare(text, extra))) ?? last;
    }
    return last;
  }

  /** Rows as objects. */
  async select(
    script: string,
    extra: Partial<PrepareContext> = {},
  ): Promise<Record<string, SqlValue>[]> {
    return asObjects(await this.run(script, extra));
  }

  /** The reference engine's answer, over the tables added, by full and by short name. */
  async reference(sql: string): Promise<Rows> {
    const tables = [...this.rows].flatMap(([name, rows]) => {
      const entry = this.tables.get(name) as TableEntry;
      const short = entry.path.table;
      // Rows travel with every query: only those of tables that it may name.
      const full = sql.includes(name) ? [{ entry, rows }] : [];
      const isNamed = new RegExp(`(?<![.\\w])${short}\\b`, 'i').test(sql);
      return isNamed ? [...full, { entry, rows, name: short }] : full;
    });
    return this.analyzer.evaluate(sql, tables);
  }

  private async execute(statement: PreparedStatement): Promise<Rows | undefined> {
    switch (statement.kind) {
      case 'query':
        return {
          columns: statement.columns,
          rows: await this.read(statement.sql, statement.columns),
        };
      case 'createTable': {
        const { path, columns, asSql, mode } = statement;
        if (mode === 'ifNotExists' && this.tables.has(printPath(path))) return undefined;
        const known = mode === 'replace' ? { ...path, table: `${path.table} new` } : path;
        await this.createTable(known, columns);
        if (asSql !== undefined)
          await this.connection.run(`INSERT INTO ${duckTable(known)} ${asSql}`);
        if (mode === 'replace') {
          await this.connection.run(`DROP TABLE IF EXISTS ${duckTable(path)}`);
          await this.connection.run(
            `ALTER TABLE ${duckTable(known)} RENAME TO ${quoteIdentifier(path.table)}`,
          );
          this.tables.delete(printPath(known));
        }
        this.tables.set(printPath(path), { ...statement, kind: 'TABLE' });
        return undefined;
      }
      case 'createView':
        this.tables.set(printPath(statement.path), { ...statement, kind: 'VIEW' });
        return undefined;
      case 'createSchema':
        return void (await this.createSchema(statement.dataset));
      case 'drop':
        if (statement.objectType === 'TABLE') {
          await this.connection.run(`DROP TABLE ${duckTable(statement.path)}`);
        }
        return void this.tables.delete(printPath(statement.path));
      case 'truncate':
        return void (await this.connection.run(`DELETE FROM ${duckTable(statement.path)}`));
      case 'dml':
        return void (await this.connection.run(statement.sql));
      case 'assert': {
        const reader = await this.connection.runAndReadAll(statement.sql);
        if (reader.getRows()[0]?.[0] !== true) throw new Error(statement.message);
        return undefined;
      }
      case 'declare':
      case 'set': {
        const { type } = statement;
        const [row] = await this.read(statement.sql, [{ name: 'value', type }]);
        const sql = sqlLiteral(row?.[0] ?? null, type);
        for (const name of statement.names) this.variables.set(name, { type, sql });
        return undefined;
      }
      case 'begin':
      case 'commit':
      case 'rollback':
        return void (await this.connection.run(statement.kind.toUpperCase()));
      default:
        throw new Error(`the workbench does not run ${statement.kind}`);
    }
  }

  private async createTable(path: TablePath, columns: readonly Column[]): Promise<void> {
    const list = columns.map((column) => {
      return `${quoteIdentifier(column.name)} ${toDuckType(column.type)}${column.required ? ' NOT NULL' : ''}`;
    });
    await this.connection.run(`CREATE TABLE ${duckTable(path)} (${list.join(', ')})`);
    this.tables.set(printPath(path), { path, kind: 'TABLE', columns });
  }

  private async read(sql: string, columns: readonly Column[]): Promise<SqlValue[][]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader
      .getRows()
      .map((row: readonly DuckDBValue[]) =>
        columns.map((column, i) => fromDuckDb(row[i] as DuckDBValue, column.type)),
      );
  }
}

export function asObjects({ columns, rows }: Rows): Record<string, SqlValue>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, i) => [column.name, row[i] as SqlValue])),
  );
}
