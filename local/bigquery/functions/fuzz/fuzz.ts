import { aggregateFunctions, scalarFunctions } from '..';
import type { FunctionMapping } from '../mapping';
import type { Engines, Outcome } from '../proof/engines';
import { equalOutcomes, printOutcome } from '../proof/outcome';
import { DATA_CALLS } from './data-calls';
import { AGGREGATE_CALLS, CAST_CALLS } from './other-calls';
import { CONSTANT_POOLS, VALUE_POOLS } from './pools';
import { roundingOf } from './rounding';
import { SCALAR_CALLS } from './scalar-calls';

/** What a call of the fuzzer showed. `strict` is an error where the reference engine answers. */
export interface Finding {
  readonly kind: 'wrong' | 'strict';
  readonly name: string;
  readonly expression: string;
  readonly reference: string;
  readonly duck: string;
}

interface FuzzReport {
  readonly seed: number;
  readonly calls: number;
  /** Calls that are refused by name, which is always right. */
  readonly refused: number;
  /** Calls that the reference engine did not answer in time. */
  readonly unknown: number;
  readonly findings: readonly Finding[];
}

/** Templates by the name of the allow-list, as `{TEXT} LIKE {LIKE}`. */
export const FUZZ_CALLS: Readonly<Record<string, readonly string[]>> = {
  ...SCALAR_CALLS,
  ...DATA_CALLS,
  ...AGGREGATE_CALLS,
  ...CAST_CALLS,
};

interface FuzzOptions {
  readonly engines: Engines;
  readonly seed: number;
  /** How many calls; the functions take turns, each with one of its templates. */
  readonly calls: number;
  /** Names of the allow-list; all by default. */
  readonly only?: readonly string[];
}

interface Call {
  readonly name: string;
  readonly expression: string;
}

type Verdict = Finding | 'equal' | 'refused' | 'unknown';

const TOGETHER = 6;

/** Fills the templates with values that engines differ on, and compares both engines' answers. */
export async function fuzzFunctions(options: FuzzOptions): Promise<FuzzReport> {
  const random = randomOf(options.seed);
  const names = Object.keys(FUZZ_CALLS).filter((name) => options.only?.includes(name) ?? true);
  const calls = Array.from({ length: names.length === 0 ? 0 : options.calls }, (_, turn): Call => {
    const name = names[turn % names.length] ?? '';
    return { name, expression: fill(pick(FUZZ_CALLS[name] ?? [], random), random) };
  });
  const findings: Finding[] = [];
  let refused = 0;
  let unknown = 0;
  for (let from = 0; from < calls.length; from += TOGETHER) {
    const part = calls.slice(from, from + TOGETHER);
    for (const verdict of await compareCalls(part, options.engines)) {
      if (verdict === 'refused') refused += 1;
      else if (verdict === 'unknown') unknown += 1;
      else if (verdict !== 'equal') findings.push(verdict);
    }
  }
  return { seed: options.seed, calls: calls.length, refused, unknown, findings };
}

async function compareCalls(calls: readonly Call[], engines: Engines): Promise<readonly Verdict[]> {
  const expressions = calls.map(({ expression }) => expression);
  const [references, ducks] = await Promise.all([
    engines.reference(
      calls.map(({ name, expression }) => known(name)?.forReference?.(expression) ?? expression),
    ),
    engines.duck(expressions),
  ]);
  return calls.map((call, index) => judge(call, references[index], ducks[index]));
}

const known = (name: string): Pick<FunctionMapping, 'forReference'> | undefined =>
  scalarFunctions.get(name) ?? aggregateFunctions.get(name);

function judge(call: Call, reference: Outcome | undefined, duck: Outcome | undefined): Verdict {
  if (!reference || !duck) throw new Error('an answer is missing');
  if (
    duck.kind !== 'value' &&
    /not supported|does not support|cannot have a null element/.test(duck.message)
  )
    return 'refused';
  if (equalOutcomes(reference, duck, roundingOf(call.name, call.expression))) return 'equal';
  // What the analyzer refuses is an error on both sides.
  if (reference.kind === 'error' && duck.kind === 'fault' && duck.analyzer) return 'equal';
  if (reference.kind === 'unknown') return 'unknown';
  // A constant that is refused when the query is compiled is no fault, even where a NULL beside it would
  // have kept the reference engine from looking at it.
  const isRefused = duck.kind === 'error' || (duck.kind === 'fault' && duck.analyzer === true);
  const kind = reference.kind === 'value' && isRefused ? 'strict' : 'wrong';
  return { kind, ...call, reference: printOutcome(reference), duck: printOutcome(duck) };
}

type Random = () => number;

/** Mulberry32: the same seed, the same calls. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * One call from a template. Half of them read their values from columns, the others state them as
 * literals: mappings look at constants.
 */
function fill(template: string, random: Random): string {
  const inColumns = random() < 0.5;
  const columns: string[] = [];
  const expression = template.replace(/\{([A-Z0-9_]+)\}/g, (_match, name: string) => {
    const constants = CONSTANT_POOLS[name];
    if (constants) return pick(constants, random);
    const literal = pick(VALUE_POOLS[name] ?? missing(name), random);
    if (!inColumns) return literal;
    columns.push(`${literal} AS c${columns.length}`);
    return `c${columns.length - 1}`;
  });
  if (columns.length === 0) return expression;
  return `(SELECT ${expression} FROM (SELECT ${columns.join(', ')}))`;
}

function missing(name: string): never {
  throw new Error(`no pool ${name}`);
}

function pick(pool: readonly string[], random: Random): string {
  return pool[Math.floor(random() * pool.length)] ?? 'NULL';
}

/** For people: every finding, then the counts and the seed. */
export function fuzzAsText({ seed, calls, refused, unknown, findings }: FuzzReport): string {
  const count = (kind: Finding['kind']): number =>
    findings.filter((finding) => finding.kind === kind).length;
  return [
    ...findings.map(
      ({ kind, expression, reference, duck }) =>
        `${kind}: ${expression}\n  Google  ${reference}\n  DuckDB  ${duck}`,
    ),
    `${calls} calls (seed ${seed}): ${count('wrong')} wrong, ${count('strict')} errors where Google answers, ${refused} refused, ${unknown} unknown`,
  ].join('\n');
}
