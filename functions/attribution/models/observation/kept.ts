/**
 * A function of an object that is asked for the same one by several (each model's held-out fit splits
 * the same journeys): the answer is kept as long as the object. It must not be changed in between.
 */
export function keptBy<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}
