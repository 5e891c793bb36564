import { performance } from 'node:perf_hooks';
import { Random, streams } from '../../../demo/random/random';
import { NoAnswer } from '../../functions/proof/limited-reference';
import type { Column, Partitioning } from '../../sql/catalog';
import { printPath } from '../../sql/names';
import { fullRefreshScript, incrementalScript } from '../model-script';
import type { ModelDefinition, Target } from '../project';
import { pathOf } from '../schemas';
import type { ProofEngines } from './engines';
import { keyText, type SqlRow } from './linked-columns';
import { type RandomOptions, randomRows } from './random-rows';
import { isTooMuch, type TypedRows } from './reference-engine';
import { ReferenceRun } from './reference-run';
import { rowDifferences } from './row-difference';
import { randomShards, storeShards } from './shards';
import type { TableRules } from './table-rules';
import { volatileCall } from './volatile-call';

/** The outcome for one model and one way to run it. */
export interface ModelProof {
  readonly model: string;
  /** The variant of the project that it is of; none for the project as it stands. */
  readonly variant?: string;
  readonly run: 'full refresh' | 'incremental';
  /** Rows of all inputs together. */
  readonly rowsIn: number;
  /** Rows of the model's table in DuckDB. */
  readonly rowsOut: number;
  readonly referenceSeconds: number;
  readonly duckSeconds: number;
  /** Empty where both engines made the same rows, or where the model was left out. */
  readonly differences: readonly string[];
  /** Why the model did not run: each engine would have answered by a clock or dice of its own. */
  readonly leftOut?: string;
  /** Why there was nothing to compare our rows with: nothing is proven, and nothing refuted. */
  readonly notCompared?: string;
}

/** A table that the model reads. */
export interface ModelInput {
  readonly target: Target;
  readonly columns: readonly Column[];
  readonly partitioning?: Partitioning | undefined;
  readonly rules: TableRules;
  /** Of a wildcard table: what stands before the day in the names of its tables. */
  readonly shards?: readonly string[];
}

export interface ModelToProve {
  readonly model: ModelDefinition;
  readonly inputs: readonly ModelInput[];
  readonly rules: TableRules;
}

/**
 * Makes random inputs and runs the model on both engines; an incremental model twice, the second
 * time on a table that holds a part of the rows of the first run beside random ones.
 */
export async function proveModel(
  engines: ProofEngines,
  { model, inputs, rules }: ModelToProve,
  options: RandomOptions,
): Promise<ModelProof[]> {
  const volatile = volatileCall(model);
  if (volatile !== undefined) return [notRun(model, volatile)];
  await engines.makeDataset(pathOf(model.target));
  await engines.drop(pathOf(model.target));
  // Another model's proof may have left its own of them.
  for (const name of tablesBeside(model.preOps)) {
    const isInput = inputs.some(({ target }) => target.name === name);
    if (!isInput) await engines.drop(pathOf({ ...model.target, name }));
  }
  const tables = new Map<string, TypedRows>();
  for (const input of inputs) {
    const path = pathOf(input.target);
    const { columns, partitioning } = input;
    const makeRows = () => randomRows({ name: path.table, columns, rules: input.rules }, options);
    const table = input.shards
      ? await storeShards(engines, path, columns, randomShards(makeRows(), input.shards, options))
      : await engines.input(path, { columns, partitioning }, makeRows);
    tables.set(printPath(path), table);
  }
  const proofs = [await proveRun(engines, { model, tables, rules, run: 'full refresh' })];
  // Without a table there is none to go on from.
  if (model.type !== 'incremental' || engines.columnsOf(pathOf(model.target)).length === 0) {
    return proofs;
  }
  const path = pathOf(model.target);
  const { columns, rows } = await engines.read(path);
  const before = earlierRows(path.table, columns, rows, rules, options);
  const partitioning = engines.partitioningOf(path);
  tables.set(printPath(path), await engines.store(path, columns, before, partitioning));
  // What the first run noted of its state is not that of these rows.
  for (const name of tablesBeside(model.incrementalPreOps)) {
    const beside = pathOf({ ...model.target, name });
    const input = inputs.find(({ target }) => printPath(pathOf(target)) === printPath(beside));
    await engines.drop(beside);
    if (!input) continue;
    const rows = tables.get(printPath(beside))?.rows ?? [];
    tables.set(printPath(beside), await engines.store(beside, input.columns, rows));
  }
  return [...proofs, await proveRun(engines, { model, tables, rules, run: 'incremental' })];
}

/** Names of the tables that a run makes first where they are not there. */
function tablesBeside(preOps: readonly string[]): string[] {
  const made = preOps.join('\n').matchAll(/CREATE TABLE IF NOT EXISTS `([^`]+)`/gi);
  return [...made].map(([, name = '']) => name.split('.').at(-1) ?? name);
}

function notRun({ target, type }: ModelDefinition, call: string): ModelProof {
  return {
    model: target.name,
    run: type === 'incremental' ? 'incremental' : 'full refresh',
    rowsIn: 0,
    rowsOut: 0,
    referenceSeconds: 0,
    duckSeconds: 0,
    differences: [],
    leftOut: `it asks for ${call}, which differs from run to run`,
  };
}

interface Run {
  readonly model: ModelDefinition;
  readonly tables: ReadonlyMap<string, TypedRows>;
  readonly rules: TableRules;
  readonly run: ModelProof['run'];
}

async function proveRun(
  engines: ProofEngines,
  { model, tables, rules, run }: Run,
): Promise<ModelProof> {
  const path = pathOf(model.target);
  const reference = new ReferenceRun(engines, path.project, tables);
  const names = engines.columnsOf(path).map(({ name }) => name);
  let duckSeconds = 0;
  const onReference = (): Promise<TypedRows> =>
    run === 'incremental' ? reference.incremental(model) : reference.fullRefresh(model);
  const onDuck = async (): Promise<TypedRows> => {
    const begun = performance.now();
    await engines.run(
      run === 'incremental' ? incrementalScript(model, names) : fullRefreshScript(model),
    );
    duckSeconds = (performance.now() - begun) / 1000;
    return engines.read(path);
  };
  // Side by side: the reference engine is a process of its own.
  const [wanted, found] = await Promise.allSettled([onReference(), onDuck()]);
  const [key] = rules.uniqueKeys;
  const unknown =
    wanted.status === 'rejected' && found.status === 'fulfilled'
      ? whyUnknown(wanted.reason)
      : undefined;
  const failures = [
    ...(wanted.status === 'rejected' && unknown === undefined
      ? [`the reference engine failed: ${wanted.reason.message}`]
      : []),
    ...(found.status === 'rejected' ? [`DuckDB failed: ${found.reason.message}`] : []),
  ];
  return {
    model: model.target.name,
    run,
    rowsIn: [...tables.values()].reduce((sum, { rows }) => sum + rows.length, 0),
    rowsOut: found.status === 'fulfilled' ? found.value.rows.length : 0,
    referenceSeconds: reference.seconds,
    duckSeconds,
    differences:
      wanted.status === 'fulfilled' && found.status === 'fulfilled'
        ? rowDifferences(wanted.value, found.value, key)
        : failures,
    ...(unknown !== undefined && { notCompared: unknown }),
  };
}

/** Why an error says nothing of the model; undefined where it does. */
function whyUnknown(error: Error): string | undefined {
  if (error instanceof NoAnswer) return 'it did not answer in time; see --limit';
  if (!isTooMuch(error)) return undefined;
  return 'these rows are more than it takes (128 MiB of memory, 4 MiB a message)';
}

/** Seven in ten of the rows made, and random ones, as many as a tenth of them. */
function earlierRows(
  name: string,
  columns: readonly Column[],
  made: readonly SqlRow[],
  rules: TableRules,
  options: RandomOptions,
): SqlRow[] {
  const random = new Random(options.seed, streams.proof, 0);
  const kept = made.filter(() => random.chance(0.7));
  const taken = rules.uniqueKeys.map((key) => new Set(kept.map((row) => keyText(row, key))));
  const others = randomRows(
    { name: `${name} before`, columns, rules },
    { ...options, rows: Math.ceil(made.length / 10) },
  ).filter((row) => rules.uniqueKeys.every((key, index) => !taken[index]?.has(keyText(row, key))));
  return [...kept, ...others];
}
