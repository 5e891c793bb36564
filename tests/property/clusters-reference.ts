import { createHash } from 'node:crypto';
import { partition } from '@tributary/functions/identity/partition';
import settings from '../../includes/settings';
import type { Identifier, World } from './random-persons';

/** Kinds from the strongest proof to the weakest, as settings.js has them. */
const ORDER = [
  'user_id',
  'customer_ref',
  'order_id',
  'journey_session',
  'email_sha256',
  'phone_sha256',
  'etag_id',
];
const { match_threshold: threshold } = settings.identity;
const THRESHOLD_BITS = Math.log2(threshold / (1 - threshold));

/** record_id -> the smallest record_id of its cluster */
export type Clusters = ReadonlyMap<string, string>;

/** A second writing of int_identity__clusters: one link after the other, one merge after the other. */
export function referenceClusters({ records, identifiers, pairs }: World): Clusters {
  const { units, logins } = provenUnits([...records.keys()], identifiers);
  const unitOf = new Map(units.flatMap((unit, index) => unit.map((record) => [record, index])));
  const best = new Map<string, { a: number; b: number; weight: number }>();
  for (const { left, right, weight } of pairs) {
    const [a, b] = [unitOf.get(left) as number, unitOf.get(right) as number];
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    const known = best.get(key)?.weight ?? Number.NEGATIVE_INFINITY;
    if (a !== b) best.set(key, { a, b, weight: Math.max(known, weight) });
  }
  const links = [...best.values()];
  const codes = [...new Set(logins)];
  const labels = partition(
    {
      recordCount: units.length,
      left: Int32Array.from(links, ({ a }) => a),
      right: Int32Array.from(links, ({ b }) => b),
      weights: Float64Array.from(links, ({ weight }) => weight),
    },
    {
      threshold: THRESHOLD_BITS,
      unique: [Int32Array.from(logins, (login) => (login ? codes.indexOf(login) : -1))],
    },
  );
  const merged = units.map((_, unit) => units.filter((_, other) => labels[other] === labels[unit]));
  return new Map(
    units.flatMap((unit, index) => {
      const all = (merged[index] as string[][]).flat().sort();
      return unit.map((record) => [record, all[0] as string] as const);
    }),
  );
}

/** Kruskal's way: the strongest link first, and none that would join two logins. */
function provenUnits(records: readonly string[], identifiers: readonly Identifier[]) {
  const parents = new Map<string, string>();
  const logins = new Map<string, string>();
  const rootOf = (node: string): string => {
    const parent = parents.get(node) ?? node;
    return parent === node ? node : rootOf(parent);
  };
  const links = identifiers
    .filter(({ rejected }) => rejected === null)
    .map((it) => ({ ...it, rank: ORDER.indexOf(it.kind), id: `${it.kind}|${it.value}` }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.seenAt - b.seenAt ||
        compare(a.record_id, b.record_id) ||
        compare(a.id, b.id),
    );
  for (const { kind, id } of links) if (kind === 'user_id') logins.set(`value ${id}`, id);
  for (const { record_id, id } of links) {
    const [a, b] = [rootOf(record_id), rootOf(`value ${id}`)];
    const [one, other] = [logins.get(a), logins.get(b)];
    if (a === b || (one !== undefined && other !== undefined && one !== other)) continue;
    parents.set(a, b);
    const login = one ?? other;
    if (login !== undefined) logins.set(b, login);
  }
  const units = new Map<string, string[]>();
  for (const record of records) {
    const root = rootOf(record);
    units.set(root, [...(units.get(root) ?? []), record]);
  }
  return { units: [...units.values()], logins: [...units.keys()].map((root) => logins.get(root)) };
}

/** A second writing of the names: which customer_id each record has after a run. */
export function referenceNames(
  { records }: World,
  clusters: Clusters,
  before: ReadonlyMap<string, string>,
  run: number,
): Map<string, string> {
  const overlaps = new Map<string, Overlap>();
  for (const [record, label] of clusters) {
    const customer = before.get(record);
    if (customer === undefined) continue;
    const key = `${label} ${customer}`;
    const known = overlaps.get(key) ?? { label, customer, visitors: 0, records: 0, first: 1e9 };
    overlaps.set(key, {
      ...known,
      visitors: known.visitors + (record.startsWith('visitor|') ? 1 : 0),
      records: known.records + 1,
      first: Math.min(known.first, records.get(record) as number),
    });
  }
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { label, customer } of [...overlaps.values()].sort(byOverlap)) {
    if (names.has(label) || taken.has(customer)) continue;
    names.set(label, customer);
    taken.add(customer);
  }
  const borne = new Set(before.values());
  for (const label of new Set(clusters.values())) {
    if (names.has(label)) continue;
    const first = [...clusters]
      .filter(([, other]) => other === label)
      .map(([record]) => record)
      .sort(
        (a, b) =>
          Number(a.startsWith('crm_')) - Number(b.startsWith('crm_')) ||
          (records.get(a) as number) - (records.get(b) as number) ||
          compare(a, b),
      )[0] as string;
    const id = md5(`customer|${first}`);
    names.set(label, borne.has(id) ? md5(`customer|${first}|${run}`) : id);
  }
  return new Map([...clusters].map(([record, label]) => [record, names.get(label) as string]));
}

interface Overlap {
  readonly label: string;
  readonly customer: string;
  readonly visitors: number;
  readonly records: number;
  readonly first: number;
}

function byOverlap(a: Overlap, b: Overlap): number {
  return (
    b.visitors - a.visitors ||
    b.records - a.records ||
    a.first - b.first ||
    compare(a.customer, b.customer) ||
    compare(a.label, b.label)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
