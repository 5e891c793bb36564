/** Reading valid JSON text without losing how its numbers are written. */

export type JsonStep = string | number;

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^,\]}\s]+/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The position behind the value that starts at `at`. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return skip(STRING, text, at);
  if (text[at] !== '{' && text[at] !== '[') return skip(SCALAR, text, at);
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') i = skip(STRING, text, i) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

interface Member {
  readonly key: JsonStep;
  readonly start: number;
  readonly end: number;
}

/** The members of the object or array at `at`, in order. */
function* members(text: string, at: number): Generator<Member> {
  const isObject = text[at] === '{';
  let position = skip(SPACE, text, at + 1);
  for (
    let index = 0;
    position < text.length && text[position] !== '}' && text[position] !== ']';
    index += 1
  ) {
    let key: JsonStep = index;
    if (isObject) {
      const end = skip(STRING, text, position);
      key = JSON.parse(text.slice(position, end)) as string;
      position = skip(SPACE, text, skip(SPACE, text, end) + 1);
    }
    const end = endOfValue(text, position);
    yield { key, start: position, end };
    position = skip(SPACE, text, end);
    if (text[position] === ',') position = skip(SPACE, text, position + 1);
  }
}

/** The text of the value at a path, as written; null where there is none. */
export function rawValue(text: string, path: readonly JsonStep[]): string | null {
  let start = skip(SPACE, text, 0);
  let end = endOfValue(text, start);
  for (const step of path) {
    if (text[start] !== (typeof step === 'string' ? '{' : '[')) return null;
    let found = false;
    for (const member of members(text, start)) {
      if (member.key !== step) continue;
      ({ start, end } = member);
      found = true;
      break;
    }
    if (!found) return null;
  }
  return text.slice(start, end);
}

/** The keys (or positions) of an object's (or array's) members with their texts. */
export function rawEntries(raw: string): readonly (readonly [JsonStep, string])[] {
  return Array.from(
    members(raw, 0),
    ({ key, start, end }) => [key, raw.slice(start, end)] as const,
  );
}

/** The elements' texts of a JSON array, or null for any other value. */
export function rawElements(raw: string): readonly string[] | null {
  if (raw[0] !== '[') return null;
  return Array.from(members(raw, 0), ({ start, end }) => raw.slice(start, end));
}

/** Without white space between tokens, and with strings escaped as GoogleSQL writes them. */
export function compactJson(raw: string, quote = quoteJson): string {
  return raw.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) =>
    token[0] === '"' ? quote(JSON.parse(token) as string) : '',
  );
}

/** A JSON string literal; the two separators that JavaScript once misread are escaped. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The scalar as text: strings unquoted, numbers as written; null for others and for JSON null. */
export function scalarText(raw: string | null): string | null {
  if (raw === null || raw === 'null' || raw[0] === '{' || raw[0] === '[') return null;
  return raw[0] === '"' ? (JSON.parse(raw) as string) : raw;
}

/** JSON with the keys of its objects sorted by code point, as GoogleSQL keeps values of type JSON. */
export function canonicalJson(text: string): string {
  const raw = text.trim();
  if (raw[0] === '[') return `[${(rawElements(raw) ?? []).map(canonicalJson).join(',')}]`;
  if (raw[0] !== '{') return compactJson(canonicalNumber(raw), JSON.stringify);
  const entries = Array.from(
    members(raw, 0),
    ({ key, start, end }) => [String(key), raw.slice(start, end)] as const,
  );
  // The first of equal keys stays.
  const unique = new Map([...entries].reverse());
  const sorted = [...unique].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`).join(',')}}`;
}

/** Numbers that are no integers are written as doubles: 1e2 is 100.0, 1.50 is 1.5. */
function canonicalNumber(raw: string): string {
  if (!/^-?\d/.test(raw) || /^-?\d+$/.test(raw)) return raw;
  return doubleText(Number(raw));
}

/** Whole numbers have '.0'; from 1e15 on and below 0.0001 there is an exponent: 1e+15, 1e-05. */
function doubleText(value: number): string {
  const [mantissa = '', exponent = 0] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 15)) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}
