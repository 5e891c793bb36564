import { aggregateFamilies, scalarFamilies } from '.';
import { castProofs } from './cast-cases';
import type { FunctionMapping } from './mapping';
import { type Engines, type Outcome, startEngines } from './proof/engines';
import { equalValues } from './proof/equal-values';

/** A case on which the engines disagree. */
export interface Disagreement {
  readonly expression: string;
  readonly reference: string;
  readonly duck: string;
}

export interface FunctionProof {
  readonly family: string;
  readonly name: string;
  readonly signature: string;
  readonly caseCount: number;
  readonly disagreements: readonly Disagreement[];
}

export interface ProofReport {
  readonly functions: readonly FunctionProof[];
  readonly provenCount: number;
  readonly caseCount: number;
  /** One line a family, then every disagreement. */
  readonly table: string;
}

export interface ProofOptions {
  /** Only these families or functions; all by default. */
  readonly only?: readonly string[];
}

type Entry = Pick<FunctionMapping, 'name' | 'signature' | 'cases' | 'forReference'>;

/**
 * Runs every case of the allow-list on Google's reference engine and on DuckDB, and compares the
 * typed values. Errors on both sides are equal.
 */
export async function proveFunctions(options: ProofOptions = {}): Promise<ProofReport> {
  const engines = await startEngines();
  try {
    const functions: FunctionProof[] = [];
    for (const [family, entries] of families()) {
      for (const entry of entries) {
        const wanted = options.only?.some((name) => name === family || name === entry.name) ?? true;
        if (wanted) functions.push(await proveFunction(family, entry, engines));
      }
    }
    return report(functions);
  } finally {
    await engines.close();
  }
}

function families(): readonly (readonly [string, readonly Entry[]])[] {
  return [
    ...Object.entries(scalarFamilies),
    ...Object.entries(aggregateFamilies),
    ['cast', castProofs],
  ];
}

const TOGETHER = 16;

async function proveFunction(
  family: string,
  entry: Entry,
  engines: Engines,
): Promise<FunctionProof> {
  const { name, signature, cases } = entry;
  const disagreements: Disagreement[] = [];
  for (let from = 0; from < cases.length; from += TOGETHER) {
    disagreements.push(...(await compare(cases.slice(from, from + TOGETHER), entry, engines)));
  }
  return { family, name, signature, caseCount: cases.length, disagreements };
}

async function compare(
  cases: readonly string[],
  entry: Entry,
  engines: Engines,
): Promise<readonly Disagreement[]> {
  const [references, ducks] = await Promise.all([
    engines.reference(cases.map((expression) => entry.forReference?.(expression) ?? expression)),
    engines.duck(cases),
  ]);
  return cases.flatMap((expression, index) => {
    const reference = references[index];
    const duck = ducks[index];
    if (reference === undefined || duck === undefined) throw new Error('an answer is missing');
    if (equalOutcomes(reference, duck)) return [];
    return [{ expression, reference: print(reference), duck: print(duck) }];
  });
}

function equalOutcomes(a: Outcome, b: Outcome): boolean {
  if (a.kind !== 'value' || b.kind !== 'value') return a.kind === 'error' && b.kind === 'error';
  return JSON.stringify(a.type) === JSON.stringify(b.type) && equalValues(a.value, b.value, a.type);
}

function print(outcome: Outcome): string {
  if (outcome.kind !== 'value') return `${outcome.kind}: ${outcome.message}`;
  return JSON.stringify(outcome.value, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
}

function report(functions: readonly FunctionProof[]): ProofReport {
  const proven = functions.filter(
    (entry) => entry.disagreements.length === 0 && entry.caseCount > 0,
  );
  const names = [...new Set(functions.map((entry) => entry.family))];
  const lines = names.map((family) => {
    const members = functions.filter((entry) => entry.family === family);
    const cases = members.reduce((sum, entry) => sum + entry.caseCount, 0);
    const good = members.filter((entry) => proven.includes(entry)).length;
    return `${family.padEnd(14)} ${`${good}/${members.length}`.padStart(8)} functions ${String(cases).padStart(6)} cases`;
  });
  const faults = functions.flatMap((entry) =>
    entry.disagreements.map(
      (fault) =>
        `${entry.name}: ${fault.expression}\n  reference: ${fault.reference}\n  DuckDB:    ${fault.duck}`,
    ),
  );
  const caseCount = functions.reduce((sum, entry) => sum + entry.caseCount, 0);
  const total = `${'all'.padEnd(14)} ${`${proven.length}/${functions.length}`.padStart(8)} functions ${String(caseCount).padStart(6)} cases`;
  return {
    functions,
    provenCount: proven.length,
    caseCount,
    table: [...lines, total, ...faults].join('\n'),
  };
}
