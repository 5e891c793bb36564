/** A possible merge of two clusters, good while neither changed since. */
export interface Merge {
  readonly gain: number;
  /** What goes first of equal gains. */
  readonly evidence: number;
  readonly a: number;
  readonly b: number;
  /** Sum of both clusters' versions. */
  readonly version: number;
}

/** A binary heap of merges: the largest gain first, then the most evidence, then the smallest numbers. */
export class MergeHeap {
  private readonly items: Merge[] = [];

  push(item: Merge): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(item, items[above] as Merge)) break;
      items[at] = items[above] as Merge;
      at = above;
    }
    items[at] = item;
  }

  pop(): Merge | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      const next = items[below + 1];
      if (next !== undefined && isBefore(next, items[below] as Merge)) below += 1;
      if (!isBefore(items[below] as Merge, last)) break;
      items[at] = items[below] as Merge;
      at = below;
    }
    items[at] = last;
    return top;
  }
}

function isBefore(one: Merge, other: Merge): boolean {
  if (one.gain !== other.gain) return one.gain > other.gain;
  if (one.evidence !== other.evidence) return one.evidence > other.evidence;
  return one.a !== other.a ? one.a < other.a : one.b < other.b;
}
