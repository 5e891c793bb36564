interface Settable<T> {
  set(values: T): void;
}

/** A larger copy of a typed array. */
export function grown<T extends Settable<T>>(
  values: T,
  length: number,
  create: new (length: number) => T,
): T {
  const larger = new create(length);
  larger.set(values);
  return larger;
}
