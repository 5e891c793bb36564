import { performance } from 'node:perf_hooks';
import type { LimitedReference } from '../../functions/proof/limited-reference';
import type { Analyzer, Evaluation, TableRows } from '../../sql/analyzer';
import type { Column, TablePath } from '../../sql/catalog';
import { printType } from '../../sql/types';
import type { SqlRow } from './linked-columns';
import { packTable, readPacked } from './packed-table';
import { type Separable, separableTables } from './separable';
import { slices } from './slices';
import { unionParts, withSteps } from './with-steps';

/** Of a table that is too large; each piece may be parted again. */
const PIECES = 4;
const MOST_ROUNDS = 4;

/** Rows with the types of their columns. */
export interface TypedRows {
  readonly columns: readonly Column[];
  readonly rows: readonly SqlRow[];
}

interface NamedRows {
  readonly name: string;
  readonly table: TypedRows;
}

/** The engine may hold 128 MiB between two operators, which cannot be raised. */
const isOutOfMemory = ({ message }: Error): boolean =>
  /Out of memory for MemoryAccountant/.test(message);

/** Its service takes 4 MiB a message. */
const isOverlong = ({ message }: Error): boolean =>
  /Received message larger than max/.test(message);

/** True for an error that says nothing of the query, only that there are too many rows. */
export function isTooMuch(error: Error): boolean {
  return isOutOfMemory(error) || isOverlong(error);
}

/** The analyzer, for a query's form, and the reference engine, which answers it. */
export interface ReferenceParts {
  readonly analyzer: Analyzer;
  readonly reference: Pick<LimitedReference, 'evaluate'>;
}

/** Google's reference engine, with ways around what it takes at most. */
export class ReferenceEngine {
  /** Time that it took, with sending and reading rows. */
  seconds = 0;

  constructor(
    private readonly engines: ReferenceParts,
    private readonly project: string,
  ) {}

  /**
   * Answers a query over tables by name. Where it takes more memory than the engine may hold, each
   * query of its WITH is answered by itself, and read as a table by those after it; one that is too
   * much even so over the pieces of a table.
   */
  async evaluate(sql: string, tables: ReadonlyMap<string, TypedRows>): Promise<TypedRows> {
    const begun = performance.now();
    try {
      return await this.inSteps(sql, tables, sql);
    } finally {
      this.seconds += (performance.now() - begun) / 1000;
    }
  }

  /** `whole` is the query that this one is a part of: it names the columns that are read. */
  private async inSteps(
    sql: string,
    tables: ReadonlyMap<string, TypedRows>,
    whole: string,
  ): Promise<TypedRows> {
    try {
      return await this.inOne(sql, tables, whole);
    } catch (error) {
      if (!isTooMuch(error as Error)) throw error;
      const parts = withSteps(sql);
      // Tables that are too large are so for each step that reads them: first in pieces.
      if (!parts || isOverlong(error as Error)) {
        try {
          return await this.inSlices(sql, tables, whole, error as Error);
        } catch (again) {
          if (!isTooMuch(again as Error)) throw again;
          if (!parts) return this.inUnion(sql, tables, whole, again as Error);
        }
      }
      const known = new Map(tables);
      for (const step of parts.steps) {
        const rows = await this.inSteps(step.sql, known, whole);
        // Columns are known by name here.
        if (new Set(rows.columns.map(({ name }) => name)).size < rows.columns.length) throw error;
        known.set(step.name, rows);
      }
      return this.inSteps(parts.last, known, whole);
    }
  }

  /** Answers the queries of a UNION ALL one by one, where they agree in types by themselves. */
  private async inUnion(
    sql: string,
    tables: ReadonlyMap<string, TypedRows>,
    whole: string,
    error: Error,
  ): Promise<TypedRows> {
    const answers: TypedRows[] = [];
    for (const part of unionParts(sql) ?? []) {
      answers.push(await this.inSteps(part, tables, whole));
    }
    const columns = answers[0]?.columns;
    const typesOf = (of: TypedRows) => of.columns.map(({ type }) => printType(type)).join();
    if (!columns || new Set(answers.map(typesOf)).size > 1) throw error;
    const rows = answers.flatMap((answer) =>
      answer.rows.map((row) => {
        const cells = answer.columns.map(({ name }) => row[name] ?? null);
        return toRow(columns, cells);
      }),
    );
    return { columns, rows };
  }

  /**
   * Answers a query that cannot be taken apart further over pieces of one of its tables, where that
   * gives the same rows: the largest that the query's form lets be parted. Throws the error else.
   */
  private async inSlices(
    sql: string,
    tables: ReadonlyMap<string, TypedRows>,
    whole: string,
    error: Error,
    round = 0,
  ): Promise<TypedRows> {
    const [parted] = (await this.separable(sql, tables))
      .map((it) => ({ ...it, table: tables.get(it.name) }))
      .sort((a, b) => (b.table?.rows.length ?? 0) - (a.table?.rows.length ?? 0));
    if (!parted?.table || round === MOST_ROUNDS) throw error;
    const pieces = slices(parted.table, parted.together, PIECES, round);
    if (pieces.length < 2 && round === MOST_ROUNDS - 1) throw error;
    const answers: TypedRows[] = [];
    for (const piece of pieces) {
      const known = new Map(tables).set(parted.name, piece);
      answers.push(
        await this.inOne(sql, known, whole).catch((again: Error) => {
          if (!isTooMuch(again)) throw again;
          return this.inSlices(sql, known, whole, again, round + 1);
        }),
      );
    }
    const columns = answers[0]?.columns;
    if (!columns) throw error;
    return { columns, rows: answers.flatMap(({ rows }) => rows) };
  }

  private async separable(
    sql: string,
    known: ReadonlyMap<string, TypedRows>,
  ): Promise<readonly Separable[]> {
    const tables = (await this.engines.analyzer.extractTables(sql)).flatMap((segments) => {
      const name = segments.join('.');
      const columns = known.get(name)?.columns;
      const path = { project: this.project, dataset: '', table: name };
      return columns ? [{ segments, entry: { path, kind: 'TABLE' as const, columns } }] : [];
    });
    const statement = await this.engines.analyzer.analyze(sql, { tables });
    return statement.node === 'QueryStmt' ? separableTables(statement.query) : [];
  }

  private async inOne(
    sql: string,
    known: ReadonlyMap<string, TypedRows>,
    whole: string,
  ): Promise<TypedRows> {
    const names = [
      ...new Set((await this.engines.analyzer.extractTables(sql)).map((it) => it.join('.'))),
    ];
    const tables = names.flatMap((name) => {
      const table = known.get(name);
      return table ? [{ name, table }] : [];
    });
    return this.send(sql, tables).catch((error: Error) => {
      if (!isOverlong(error)) throw error;
      return this.sendPacked(sql, tables, whole);
    });
  }

  private async send(sql: string, tables: readonly NamedRows[]): Promise<TypedRows> {
    const { columns, rows } = await this.engines.reference.evaluate(
      sql,
      tables.map((it) => this.tableRows(it)),
    );
    return { columns, rows: rows.map((cells) => toRow(columns, cells)) };
  }

  private async sendPacked(
    sql: string,
    tables: readonly NamedRows[],
    whole: string,
  ): Promise<TypedRows> {
    let unpacking = sql;
    const sent: NamedRows[] = [];
    const unpacked: string[] = [];
    for (const { name, table } of tables) {
      const { packed, query } = packTable(name, table, whole);
      // A name without a dataset may stand without backticks, where a column may have the same.
      if (name.includes('.')) unpacking = readPacked(unpacking, name, query);
      else unpacked.push(`${name} AS ${query}`);
      sent.push({ name, table: packed });
    }
    const query = unpacked.length > 0 ? `WITH ${unpacked.join(', ')} (${unpacking}\n)` : unpacking;
    return this.send(query, sent);
  }

  private tableRows({ name, table: { columns, rows } }: NamedRows): TableRows {
    const path: TablePath = { project: this.project, dataset: '', table: name };
    // The suffix is a pseudo column of a wildcard table here too.
    const wildcard = name.endsWith('*') ? { wildcard: [] } : {};
    return { name, entry: { path, kind: 'TABLE', columns, ...wildcard }, rows };
  }
}

function toRow(columns: readonly Column[], cells: Evaluation['rows'][number]): SqlRow {
  return Object.fromEntries(columns.map(({ name }, index) => [name, cells[index] ?? null]));
}
