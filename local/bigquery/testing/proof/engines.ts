import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRuntime } from '../../functions';
import { fromDuckValue } from '../../functions/proof/duck-value';
import { LimitedReference } from '../../functions/proof/limited-reference';
import { type Compiler, compilerOf } from '../../jobs/compiler';
import { runQueryJob } from '../../jobs/query-job';
import { readColumns } from '../../jobs/result-set';
import { type Analyzer, type SqlValue, startAnalyzer } from '../../sql/analyzer';
import type { Column, Partitioning, TableEntry, TablePath } from '../../sql/catalog';
import { duckTable, printPath, quoteIdentifier } from '../../sql/names';
import { Storage } from '../../storage/storage';
import { ensureDataset, writeTables } from '../case-tables';
import type { SqlRow } from './linked-columns';
import type { TypedRows } from './reference-engine';

/** Cells of inputs to remember: those of a whole project with 1,000 rows a table, some 200 MB. */
const CELLS_KEPT = 3_000_000;

/** The reference engine, and an empty warehouse in a temporary folder. */
export class ProofEngines {
  /** Inputs that stand in the warehouse as they were made, the last used last. */
  private readonly inputs = new Map<string, TypedRows>();

  private constructor(
    readonly analyzer: Analyzer,
    readonly reference: LimitedReference,
    readonly compiler: Compiler,
    private readonly storage: Storage,
    private readonly project: string,
  ) {}

  /** @param limitSeconds after which a question to the reference engine is given up. */
  static async start(project: string, limitSeconds: number): Promise<ProofEngines> {
    const analyzer = await startAnalyzer();
    const reference = new LimitedReference(limitSeconds);
    const warehouseDir = mkdtempSync(join(tmpdir(), 'tributary-proof-'));
    const storage = await Storage.open({ warehouseDir, threads: 1, prepare: installRuntime });
    return new ProofEngines(analyzer, reference, compilerOf(analyzer), storage, project);
  }

  /** Runs a script as a query job would, as one transaction. */
  async run(script: string) {
    const { storage, compiler } = this;
    return runQueryJob(
      { storage, compiler, location: 'EU', clock: () => 0 },
      { query: script },
      this.project,
      { attach: () => undefined },
    );
  }

  /** A table with random rows; made once, as many models read the same one. */
  async input(
    path: TablePath,
    {
      columns,
      partitioning,
    }: Pick<TableEntry, 'columns'> & {
      readonly partitioning?: Partitioning | undefined;
    },
    makeRows: () => readonly SqlRow[],
  ): Promise<TypedRows> {
    const name = printPath(path);
    // A view may read without the filter that a table must give: then it is made anew.
    const isSame = this.partitioningOf(path)?.requireFilter === partitioning?.requireFilter;
    const known = isSame ? this.inputs.get(name) : undefined;
    const rows = known ?? (await this.store(path, columns, makeRows(), partitioning));
    this.inputs.delete(name);
    this.inputs.set(name, rows);
    let cells = 0;
    for (const [other, kept] of [...this.inputs].reverse()) {
      cells += kept.rows.length * kept.columns.length;
      if (cells > CELLS_KEPT) this.inputs.delete(other);
    }
    return rows;
  }

  /** Makes a table anew with these rows and reads them back: so both engines see the same. */
  async store(
    path: TablePath,
    columns: readonly Column[],
    rows: readonly SqlRow[],
    partitioning?: Partitioning,
  ): Promise<TypedRows> {
    const nullable = columns.map(({ required: _, ...column }) => column);
    await this.drop(path);
    await writeTables(this.storage, [
      { path, columns: nullable, rows: rows.map(toCase), partitioning },
    ]);
    return this.read(path);
  }

  async makeDataset(path: TablePath): Promise<void> {
    await this.storage.write((session) => ensureDataset(session, path));
  }

  columnsOf(path: TablePath): readonly Column[] {
    return this.storage.catalog.find(path)?.columns ?? [];
  }

  /** All rows of a table or view. */
  async read(path: TablePath): Promise<TypedRows> {
    const { columns, values } = await this.stored(path);
    const rows = Array.from({ length: values[0]?.length ?? 0 }, (_, index) =>
      Object.fromEntries(
        columns.map(({ name }, at) => [name, fromDuckValue(values[at]?.[index] ?? null)]),
      ),
    );
    return { columns, rows };
  }

  /** Removes a table or view, where there is one. */
  async drop(path: TablePath): Promise<void> {
    const name = printPath(path);
    this.inputs.delete(name);
    const entry = this.storage.catalog.find(path);
    if (entry) await this.run(`DROP ${entry.kind} \`${name}\``);
  }

  /** Values by column. A table is read as it lies, as no partition filter need be given then. */
  private async stored(path: TablePath) {
    const entry = this.storage.catalog.find(path);
    if (entry?.kind === 'TABLE') {
      const { columns } = entry;
      const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
      const sql = `SELECT ${names} FROM ${duckTable(path)}`;
      return this.storage.read(async ({ connection }) => ({
        columns,
        values: await readColumns(connection, sql),
      }));
    }
    const { result } = await this.run(`SELECT * FROM \`${printPath(path)}\``);
    if (!result) throw new Error(`${printPath(path)} cannot be read`);
    const values = await result.page(0, result.rowCount);
    result.close();
    return { columns: result.columns, values };
  }

  /** The partitions of a table that stands. */
  partitioningOf(path: TablePath): Partitioning | undefined {
    return this.storage.catalog.find(path)?.partitioning;
  }

  async close(): Promise<void> {
    await this.reference.close();
    await this.storage.close();
    await this.compiler.close();
    rmSync(this.storage.folder.dir, { recursive: true, force: true });
  }
}

/** As load jobs read it: INT64 as text, BYTES in base64; other values are written as they are. */
function toCase(row: SqlRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toJson(value)]));
}

function toJson(value: SqlValue): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (value !== null && typeof value === 'object') return toCase(value as SqlRow);
  return value;
}
