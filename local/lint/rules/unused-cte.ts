import { walk } from '../analysis/walk';
import type { Rule } from '../rule';

export const unusedCte: Rule = {
  name: 'unused-cte',
  about: 'Each CTE is read.',
  bad: 'WITH a AS (...), b AS (...) SELECT x FROM b',
  good: 'WITH b AS (...) SELECT x FROM b',
  statement({ resolved, sql, start, end }, report) {
    const read = new Set<unknown>();
    const written: string[] = [];
    walk(resolved, (node) => {
      if (node.node === 'WithRefScan') read.add(node.withQueryName);
      if (typeof node.withQueryName === 'string' && node.withSubquery)
        written.push(node.withQueryName);
      if (node.node === 'RecursiveScan') read.add('*');
    });
    if (read.has('*')) return;
    for (const name of written.filter((it) => !read.has(it))) {
      const token = sql.tokens.find(
        ({ text, offset }, i) =>
          offset >= start && offset < end && text === name && sql.tokens[i + 1]?.upper === 'AS',
      );
      report(token?.offset ?? start, `nothing reads the CTE ${name}; take it away`);
    }
  },
};
