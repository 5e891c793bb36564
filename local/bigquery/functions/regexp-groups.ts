/** The shape of a RE2 pattern's groups, as far as translations need it. */
export interface PatternGroups {
  /** How many groups capture. */
  readonly count: number;
  /** True where a match may leave the capturing group out: 'a(b)?', 'a|(b)'. */
  readonly optional: boolean;
}

interface OpenGroup {
  readonly captures: boolean;
  holdsCapture: boolean;
  alternates: boolean;
}

/** Reads the groups of a pattern; escapes and character classes are no groups. */
export function readGroups(pattern: string): PatternGroups {
  const bare = pattern
    .replace(/\\Q.*?(?:\\E|$)/gs, 'x')
    .replace(/\\./gs, 'x')
    .replace(/\[\^?\]?(?:\[:\^?\w+:\]|[^\]])*\]/g, 'x');
  const stack: OpenGroup[] = [{ captures: false, holdsCapture: false, alternates: false }];
  let count = 0;
  let optional = false;
  for (let i = 0; i < bare.length; i += 1) {
    const top = stack.at(-1) as OpenGroup;
    if (bare[i] === '|') top.alternates = true;
    if (bare[i] === '(') {
      const captures = /^\((?!\?)|^\(\?P?</.test(bare.slice(i, i + 4));
      if (captures) count += 1;
      stack.push({ captures, holdsCapture: captures, alternates: false });
    }
    if (bare[i] !== ')' || stack.length === 1) continue;
    const closed = stack.pop() as OpenGroup;
    if (!closed.holdsCapture) continue;
    if (/^(?:[?*]|\{0)/.test(bare.slice(i + 1))) optional = true;
    // Alternatives inside the capturing group itself all belong to it.
    if (closed.alternates && !closed.captures) optional = true;
    (stack.at(-1) as OpenGroup).holdsCapture = true;
  }
  const outermost = stack[0] as OpenGroup;
  return { count, optional: optional || (outermost.alternates && outermost.holdsCapture) };
}
