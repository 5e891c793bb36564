import { UserError } from '@tributary/functions/shared/errors';
import { aggregateFamilies, scalarFamilies } from '.';
import { castProofs } from './cast-cases';
import type { FunctionMapping } from './mapping';
import { type Engines, type Outcome, startEngines } from './proof/engines';
import { equalOutcomes, printOutcome } from './proof/outcome';

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
  /** Cases that the reference engine did not answer in time: nothing is known of them. */
  readonly unknowns: readonly string[];
}

interface ProofOptions {
  /** Only these families or functions ('date', 'regexp_extract'); all by default. */
  readonly only?: readonly string[];
  /** Started by the caller, who also closes them; by default they live as long as the proof. */
  readonly engines?: Engines;
}

type Entry = Pick<FunctionMapping, 'name' | 'signature' | 'cases' | 'forReference'>;

/**
 * Runs every case of the allow-list on Google's reference engine and on DuckDB, and compares the
 * typed values. Errors on both sides are equal. What the reference engine does not answer is unknown. Throws UserError where `only` names nothing.
 */
export async function proveFunctions(
  options: ProofOptions = {},
): Promise<readonly FunctionProof[]> {
  const wanted = chosen(options.only);
  const engines = options.engines ?? (await startEngines());
  try {
    const proofs: FunctionProof[] = [];
    for (const { family, entry } of wanted) {
      proofs.push(await proveFunction(family, entry, engines));
    }
    return proofs;
  } finally {
    if (!options.engines) await engines.close();
  }
}

interface Member {
  readonly family: string;
  readonly entry: Entry;
}

/**
 * The names of the functions that are named, by their own names or their families'.
 *
 * @throws UserError where one is neither
 */
export function functionNames(only: readonly string[]): readonly string[] {
  return chosen(only).map(({ entry }) => entry.name);
}

function chosen(only: readonly string[] | undefined): readonly Member[] {
  const all = families().flatMap(([family, entries]) =>
    entries.map((entry) => ({ family, entry })),
  );
  if (only === undefined) return all;
  const names = only.map((name) => name.toLowerCase());
  const isNamed = ({ family, entry }: Member, name: string): boolean =>
    name === family || name === entry.name;
  const unknown = names.find((name) => !all.some((member) => isNamed(member, name)));
  if (unknown !== undefined) {
    const known = families().map(([family]) => family);
    throw new UserError(
      `"${unknown}" is no function or family of the allow-list; the families are ${known.join(', ')}.`,
    );
  }
  return all.filter((member) => names.some((name) => isNamed(member, name)));
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
  const unknowns: string[] = [];
  for (let from = 0; from < cases.length; from += TOGETHER) {
    const part = await compare(cases.slice(from, from + TOGETHER), entry, engines);
    disagreements.push(...part.disagreements);
    unknowns.push(...part.unknowns);
  }
  return { family, name, signature, caseCount: cases.length, disagreements, unknowns };
}

async function compare(
  cases: readonly string[],
  entry: Entry,
  engines: Engines,
): Promise<Pick<FunctionProof, 'disagreements' | 'unknowns'>> {
  const references = await engines.reference(
    cases.map((expression) => entry.forReference?.(expression) ?? expression),
  );
  const ducks = await askDuck(cases, references, engines);
  const unknowns = cases.filter((_, index) => references[index]?.kind === 'unknown');
  const disagreements = cases.flatMap((expression, index) => {
    const reference = references[index];
    const duck = ducks[index];
    if (reference === undefined || duck === undefined) throw new Error('an answer is missing');
    if (reference.kind === 'unknown' || equalOutcomes(reference, duck)) return [];
    return [{ expression, reference: printOutcome(reference), duck: printOutcome(duck) }];
  });
  return { disagreements, unknowns };
}

/** What fails there will fail here: each alone, else one query after another breaks on them. */
async function askDuck(
  cases: readonly string[],
  references: readonly Outcome[],
  engines: Engines,
): Promise<readonly Outcome[]> {
  const ducks: Outcome[] = [];
  const failing = references.map(({ kind }) => kind === 'error');
  for (let from = 0; from < cases.length; ) {
    const next = failing.indexOf(true, from);
    const to = next < 0 ? cases.length : Math.max(next, from + 1);
    ducks.push(...(await engines.duck(cases.slice(from, to))));
    from = to;
  }
  return ducks;
}
