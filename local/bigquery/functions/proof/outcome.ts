import type { Outcome } from './engines';
import { equalValues, FUNCTION_TOLERANCE } from './equal-values';

/**
 * Two errors are equal, whatever they say; a fault of the compiler equals nothing.
 *
 * @param rounding what FLOAT64s may differ by, besides their last digits
 */
export function equalOutcomes(a: Outcome, b: Outcome, rounding = 0): boolean {
  if (a.kind !== 'value' || b.kind !== 'value') return a.kind === 'error' && b.kind === 'error';
  const tolerance = { relative: FUNCTION_TOLERANCE, absolute: rounding };
  return (
    JSON.stringify(a.type) === JSON.stringify(b.type) &&
    equalValues(a.value, b.value, a.type, tolerance)
  );
}

/** For people: the value as JSON, or the error. */
export function printOutcome(outcome: Outcome): string {
  if (outcome.kind !== 'value') return `${outcome.kind}: ${outcome.message}`;
  return JSON.stringify(outcome.value, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
}
