/** A typed array of numbers. */
type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * Fills a column with the values that stand at `rows` in another. Typed arrays' own `from` with a
 * function goes through an iterator: 0.3 s for a million, and this 0.01.
 *
 * @param target as long as `rows`; answered
 */
export function pick<Target extends Column>(
  target: Target,
  rows: Uint32Array,
  values: ArrayLike<number>,
): Target {
  for (let index = 0; index < rows.length; index += 1) {
    target[index] = values[rows[index] as number] as number;
  }
  return target;
}

/** 0, 1, 2, ... */
export function countUp(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) numbers[index] = index;
  return numbers;
}
