import { connectedComponents } from '@tributary/functions/identity/components';
import type { Identifier, World } from './random-persons';

const ADDRESS = { kind: 'email_sha256', rejected: null } as const;

/** A graph of up to 60 records, sparse or dense, whose edges are addresses that records share. */
export function randomGraph(random: () => number, graph: number): World {
  const below = (count: number): number => Math.floor(random() * count);
  const nodes = 2 + below(59);
  const name = (node: number): string => `visitor|g${graph}-${String(node).padStart(2, '0')}`;
  const records = new Map(Array.from({ length: nodes }, (_, node) => [name(node), below(40)]));
  const identifiers = new Map<string, Identifier>();
  const links = below(2 * nodes);
  const values = 1 + below(nodes);
  for (let link = 0; link < links; link += 1) {
    const record_id = name(below(nodes));
    const value = `g${graph}-${below(values)}`;
    identifiers.set(`${record_id} ${value}`, { ...ADDRESS, record_id, value, seenAt: below(9) });
  }
  return { records, identifiers: [...identifiers.values()], pairs: [] };
}

/** By union-find: record_id -> the smallest record_id of its component. */
export function componentsOf({ records, identifiers }: World): Map<string, string> {
  const names = [...records.keys()].sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const firsts = new Map<string, number>();
  const edges = identifiers.map(({ record_id, value }) => {
    const record = numbers.get(record_id) as number;
    const first = firsts.get(value) ?? record;
    firsts.set(value, first);
    return [record, first] as const;
  });
  const labels = connectedComponents(
    names.length,
    Int32Array.from(edges, ([record]) => record),
    Int32Array.from(edges, ([, first]) => first),
  );
  return new Map(names.map((name, number) => [name, names[labels[number] as number] as string]));
}

/**
 * Records in a row, each sharing an address with the next.
 *
 * @param weakAt with it both ends have logins of their own, and the link that leads to this record
 *   is the weakest: an ETag
 */
export function chainOf(chain: string, length: number, weakAt?: number): World {
  const name = (place: number): string => `visitor|${chain}-${String(place).padStart(5, '0')}`;
  const places = Array.from({ length }, (_, place) => place);
  const identifiers = places.slice(1).flatMap((place) => {
    const link = {
      value: `${chain}-${place}`,
      kind: place === weakAt ? 'etag_id' : 'email_sha256',
      rejected: null,
    };
    // The later a link stands in the chain, the earlier it was seen: all would follow one another.
    return [place - 1, place].map((end) => ({
      ...link,
      record_id: name(end),
      seenAt: length - place,
    }));
  });
  const ends = weakAt === undefined ? [] : [0, length - 1];
  const logins = ends.map((place) => ({
    record_id: name(place),
    kind: 'user_id',
    value: `${chain}-${place}`,
    seenAt: 0,
    rejected: null,
  }));
  return {
    records: new Map(places.map((place) => [name(place), 0])),
    identifiers: [...identifiers, ...logins],
    pairs: [],
  };
}
