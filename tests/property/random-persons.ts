import { seededRandom } from '@tributary/functions/attribution/ihc/random';

/** A row of int_identity__identifiers. */
export interface Identifier {
  readonly record_id: string;
  readonly kind: string;
  readonly value: string;
  /** Hours since the world began. */
  readonly seenAt: number;
  /** NULL for evidence. */
  readonly rejected: string | null;
}

/** A row of int_identity__matches. */
export interface Pair {
  readonly left: string;
  readonly right: string;
  readonly weight: number;
}

/** What is known of some persons at one time. */
export interface World {
  /** record_id -> hours since the world began */
  readonly records: ReadonlyMap<string, number>;
  readonly identifiers: readonly Identifier[];
  readonly pairs: readonly Pair[];
}

const KINDS = ['user_id', 'customer_ref', 'order_id', 'email_sha256', 'phone_sha256', 'etag_id'];

/**
 * The same few persons at `steps` times: records, identifiers and pairs come, and some go again; a
 * value becomes a placeholder, a consent is withdrawn, a pair is weighed anew. Links come in any
 * order of their own times. In some steps nothing happens.
 *
 * @param world its number: part of all names, so that worlds never meet
 */
export function randomWorlds(seed: number, world: number, steps: number): World[] {
  const random = seededRandom(seed * 10_000 + world);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const records = new Map<string, number>();
  let identifiers: Identifier[] = [];
  let pairs: Pair[] = [];
  // The larger the worlds' few values, the fewer bridges: both kinds of world are there.
  const valueCount = 2 + (world % 4);

  const addRecord = (): void => {
    const kind = pick(['visitor', 'visitor', 'visitor', 'order', 'crm_customer']);
    records.set(`${kind}|w${world}-${String(below(60)).padStart(2, '0')}`, below(40));
  };
  const addIdentifier = (): void => {
    const record_id = pick([...records.keys()]);
    const kind = pick(KINDS);
    const value = `w${world}-${below(kind === 'user_id' ? 3 : valueCount)}`;
    const isThere = identifiers.some(
      (it) => it.record_id === record_id && it.kind === kind && it.value === value,
    );
    if (isThere) return;
    identifiers.push({ record_id, kind, value, seenAt: below(12), rejected: null });
  };
  const addPair = (): void => {
    const [left, right] = [pick([...records.keys()]), pick([...records.keys()])].sort() as [
      string,
      string,
    ];
    if (left === right) return;
    pairs = pairs.filter((pair) => pair.left !== left || pair.right !== right);
    // Half of them beyond what a pair may say: there the weights alone tell the better partner.
    const bits = chance(0.5) ? 15 + 25 * random() : 19 * random() - 4.8;
    pairs.push({ left, right, weight: Math.round(bits * 1e6) / 1e6 });
  };
  const loseSomething = (): void => {
    const loss = below(5);
    const one = identifiers.length > 0 ? pick(identifiers) : undefined;
    if (loss === 0) identifiers = identifiers.filter((it) => it !== one);
    if (loss === 1 && one) {
      const isSame = (it: Identifier) => it.kind === one.kind && it.value === one.value;
      const rejected = one.rejected === null ? 'shared_value' : null;
      identifiers = identifiers.map((it) => (isSame(it) ? { ...it, rejected } : it));
    }
    if (loss === 2 && one && one.kind !== 'user_id') {
      const isSame = (it: Identifier) => it.record_id === one.record_id && it.kind !== 'user_id';
      identifiers = identifiers.map((it) => (isSame(it) ? { ...it, rejected: 'no_consent' } : it));
    }
    if (loss === 3 && pairs.length > 0) pairs.splice(below(pairs.length), 1);
    if (loss === 4) {
      const gone = pick([...records.keys()]);
      records.delete(gone);
      identifiers = identifiers.filter((it) => it.record_id !== gone);
      pairs = pairs.filter((it) => it.left !== gone && it.right !== gone);
    }
  };

  return Array.from({ length: steps }, (_, step) => {
    if (step === 0 || chance(0.75)) {
      for (let count = 1 + below(step === 0 ? 8 : 3); count > 0; count -= 1) addRecord();
      for (let count = below(8); count > 0; count -= 1) addIdentifier();
      for (let count = below(5); count > 0; count -= 1) addPair();
      if (step > 0 && chance(0.5) && records.size > 1) loseSomething();
    }
    return { records: new Map(records), identifiers: [...identifiers], pairs: [...pairs] };
  });
}
