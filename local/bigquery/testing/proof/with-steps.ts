import { closing, queryTokens } from './query-tokens';

/** A query that begins with WITH, taken apart. */
interface WithSteps {
  /** In order; each may read those before it. */
  readonly steps: readonly { readonly name: string; readonly sql: string }[];
  /** The query after them. */
  readonly last: string;
}

/** Undefined for a query without WITH, with WITH RECURSIVE, or in a form that is not known. */
export function withSteps(sql: string): WithSteps | undefined {
  const tokens = queryTokens(sql);
  const textAt = (index: number): string => tokens[index]?.text.toUpperCase() ?? '';
  if (textAt(0) !== 'WITH' || textAt(1) === 'RECURSIVE') return undefined;
  const steps: { name: string; sql: string }[] = [];
  let index = 1;
  while (true) {
    const [name, , open] = tokens.slice(index, index + 3);
    if (!name || textAt(index + 1) !== 'AS' || open?.text !== '(') return undefined;
    const end = tokens[closing(tokens, index + 2)];
    if (!end) return undefined;
    const step = sql.slice(open.offset + 1, end.offset);
    steps.push({ name: name.text.replaceAll('`', ''), sql: step });
    index = tokens.indexOf(end) + 1;
    if (textAt(index) === ',') index += 1;
    else return { steps, last: sql.slice(tokens[index]?.offset ?? sql.length) };
  }
}
