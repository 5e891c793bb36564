import { relative } from 'node:path';
import type { JobOutcome } from '../jobs/job';
import type { Column } from '../sql/catalog';
import type { CaseRun, ModelCase } from './case-files';
import { changeInputs, clearWarehouse, type InputEnvironment, writeInputs } from './case-inputs';
import type { Finding } from './case-result';
import { type ComparedRow, chooseKey, compareRows } from './compare-rows';
import { readTable, typedRows } from './compared-tables';
import { fullRefreshScript, incrementalScript } from './model-script';
import type { ModelDefinition } from './project';
import { type CaseRow, findRowFile } from './row-files';
import { pathOf } from './schemas';
import { describeFailure } from './sql-place';

/** Where a case runs: a warehouse that it has for itself until it is done. */
interface CaseEnvironment extends InputEnvironment {
  readonly execute: (script: string) => Promise<JobOutcome>;
}

/** What a case found, and what was looked at: 'run 1', 'run 2', 'repeat', 'full refresh'. */
interface CaseOutcome {
  readonly checks: readonly string[];
  readonly findings: readonly Finding[];
}

/** Runs the steps of one case; the warehouse is empty before and after. */
export async function runCase(
  environment: CaseEnvironment,
  model: ModelDefinition,
  modelCase: ModelCase,
): Promise<CaseOutcome> {
  const steps = new CaseSteps(environment, model, modelCase);
  try {
    await steps.all();
  } catch (error) {
    steps.findings.push({ step: steps.current, message: (error as Error).message });
  } finally {
    await clearWarehouse(environment.storage);
  }
  return steps;
}

class CaseSteps implements CaseOutcome {
  readonly findings: Finding[] = [];
  readonly checks: string[] = [];
  current = 'the inputs';

  constructor(
    private readonly environment: CaseEnvironment,
    private readonly model: ModelDefinition,
    private readonly modelCase: ModelCase,
  ) {}

  async all(): Promise<void> {
    const { environment, model, modelCase } = this;
    await writeInputs(environment, model, modelCase);
    for (const run of modelCase.runs) {
      this.begin(`run ${run.number}`);
      if (run.number > 1) await changeInputs(environment, model, run);
      if (!run.expected) return this.fail(run);
      await this.runModel(run.isFullRefresh);
      await this.compareWith(run, run.expected);
    }
    if (model.type !== 'incremental') return;
    if (modelCase.options.repeat_differs === undefined) await this.repeat();
    if (modelCase.options.full_refresh_differs === undefined) await this.refresh();
  }

  private begin(step: string): void {
    this.current = step;
    this.checks.push(step);
  }

  /** The last run of a case with an expected error. */
  private async fail(run: CaseRun): Promise<void> {
    const wanted = this.modelCase.options.expected_error ?? '';
    try {
      await this.runModel(run.isFullRefresh);
    } catch (error) {
      const { message } = error as Error;
      if (message.includes(wanted)) return;
      throw new Error(`expected an error with '${wanted}', but it says: ${message}`);
    }
    throw new Error(`expected an error with '${wanted}', but the run succeeded.`);
  }

  /** As `dataform run` would: incrementally where the model's table exists already. */
  private async runModel(isFullRefresh: boolean): Promise<void> {
    const { model, environment } = this;
    const existing = environment.storage.catalog.find(pathOf(model.target));
    const isRebuilt = !existing || (isFullRefresh && !model.protected);
    const script =
      isRebuilt || model.type !== 'incremental'
        ? fullRefreshScript(model)
        : incrementalScript(
            model,
            existing.columns.map(({ name }) => name),
          );
    try {
      await environment.execute(script);
    } catch (error) {
      throw new Error(describeFailure(environment.project, model, script, error));
    }
  }

  /** Running again changes nothing: so the incremental query runs in every case. */
  private async repeat(): Promise<void> {
    this.begin('repeat');
    const columns = this.allColumns();
    const before = await this.read(columns);
    await this.runModel(false);
    const after = await this.read(columns);
    this.compare('one more run without new input changed the table', columns, before, after);
  }

  /** What grew run by run must be what one run over all inputs gives. */
  private async refresh(): Promise<void> {
    if (this.model.protected) return;
    this.begin('full refresh');
    const columns = this.allColumns();
    const grown = await this.read(columns);
    await this.runModel(true);
    const rebuilt = await this.read(columns);
    this.compare(
      'a full refresh gives other rows (expected) than the runs',
      columns,
      rebuilt,
      grown,
    );
  }

  /** Compares the columns that the expected rows name. */
  private async compareWith(run: CaseRun, expected: readonly CaseRow[]): Promise<void> {
    const step = `after run ${run.number}`;
    const all = this.allColumns();
    const named = [...new Set(expected.flatMap((row) => Object.keys(row)))];
    const unknown = named.filter((name) => !this.tableColumns().some((it) => it.name === name));
    if (unknown.length > 0) {
      const name = run.number === 1 ? 'expected' : `expected_${run.number}`;
      const { dir } = this.modelCase;
      const file = relative(this.environment.project.dir, findRowFile(dir, name) ?? dir);
      const columns = this.tableColumns().map((column) => column.name);
      throw new Error(
        `${file}: ${this.model.target.name} has no column ${unknown.join(', ')}; it has ${columns.join(', ')}.`,
      );
    }
    const columns = named.flatMap((name) => all.filter((column) => column.name === name));
    const found = await this.read(columns.length > 0 ? columns : all);
    if (columns.length === 0) {
      if (expected.length === found.length) return;
      this.findings.push({ step, message: `expected no rows, found ${found.length}` });
      return;
    }
    const { storage, project } = this.environment;
    const wanted = await typedRows(storage, project.projectId, columns, expected);
    this.compare(step, columns, wanted, found);
  }

  private compare(
    step: string,
    columns: readonly Column[],
    expected: readonly ComparedRow[],
    actual: readonly ComparedRow[],
  ): void {
    const names = columns.map(({ name }) => name);
    const { uniqueKey } = this.model;
    const isKeyed = uniqueKey.length > 0 && uniqueKey.every((name) => names.includes(name));
    const key = isKeyed ? uniqueKey : chooseKey(names, expected);
    const { tolerance } = this.modelCase.options;
    const differences = compareRows({ columns, key, tolerance }, expected, actual);
    if (differences.length > 0) this.findings.push({ step, key, differences });
  }

  private read(columns: readonly Column[]): Promise<ComparedRow[]> {
    return readTable(this.environment, pathOf(this.model.target), columns);
  }

  /** Columns of the model's table as it stands. */
  private tableColumns(): readonly Column[] {
    return this.environment.storage.catalog.find(pathOf(this.model.target))?.columns ?? [];
  }

  private allColumns(): readonly Column[] {
    const { ignore } = this.modelCase.options;
    return this.tableColumns().filter(({ name }) => !ignore.includes(name));
  }
}
