import { BigQueryError } from '../sql/errors';

/** Names to keep, each with what to keep below it; an empty map keeps all. */
type Mask = ReadonlyMap<string, Mask>;

/**
 * Cuts an answer down to the parameter `fields`: 'kind,jobs(id,status/state)'. '*' stands for any
 * name; lists are cut down item by item. Throws 'invalid' for a text of another form.
 */
export function applyFields(body: unknown, fields: string): unknown {
  const tokens = fields.match(/[^\s,/()]+|[,/()]/g) ?? [];
  const { mask, rest } = readList(tokens, fields);
  if (rest.length > 0) throw invalid(fields);
  return cut(body, mask);
}

function cut(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cut(item, mask));
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const below = mask.get(name) ?? mask.get('*');
    return below ? [[name, cut(inner, below)]] : [];
  });
  return Object.fromEntries(kept);
}

interface Read {
  readonly mask: Mask;
  readonly rest: readonly string[];
}

/** a,b/c,d(e,f) */
function readList(tokens: readonly string[], text: string): Read {
  const entries: [string, Mask][] = [];
  let rest = tokens;
  do {
    if (entries.length > 0) rest = rest.slice(1);
    const [name = ')'] = rest;
    if (/^[,/()]$/.test(name)) throw invalid(text);
    const below = readBelow(rest.slice(1), text);
    entries.push([name, below.mask]);
    rest = below.rest;
  } while (rest[0] === ',');
  return { mask: new Map(entries), rest };
}

/** What follows a name: '/c', '(e,f)' or nothing. */
function readBelow(tokens: readonly string[], text: string): Read {
  if (tokens[0] === '/') {
    const [, name = ')'] = tokens;
    if (/^[,/()]$/.test(name)) throw invalid(text);
    const below = readBelow(tokens.slice(2), text);
    return { mask: new Map([[name, below.mask]]), rest: below.rest };
  }
  if (tokens[0] !== '(') return { mask: new Map(), rest: tokens };
  const list = readList(tokens.slice(1), text);
  if (list.rest[0] !== ')') throw invalid(text);
  return { mask: list.mask, rest: list.rest.slice(1) };
}

function invalid(text: string): BigQueryError {
  return new BigQueryError('invalid', `Invalid field selection ${text}`);
}
