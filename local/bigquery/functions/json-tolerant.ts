import { type JsonStep, quoteJson } from './json-scan';

/**
 * JSON text as GoogleSQL's functions of STRING read it: strictly up to the end of the value asked
 * for, and no further. `{"a":1} x` has an a. Apart from the standard it takes single quotes, a
 * comma before a closing bracket, line breaks and any escape in strings, and no NaN.
 */

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy;
/** Strings that compact JSON holds as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const PLAIN = /^"[^\\\u0000-\u001f\u2028\u2029]*"$/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs;
const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Malformed extends Error {}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The value as compact JSON with its numbers as written. */
  value(): string {
    this.skipSpace();
    const first = this.text[this.at];
    if (first === '{') return `{${this.object((key) => `${key}:${this.value()}`).join(',')}}`;
    if (first === '[') return `[${this.list(() => this.value()).join(',')}]`;
    if (first === '"' || first === "'") return this.string();
    const scalar = this.take(WORD) ?? this.number();
    if (scalar === undefined) throw new Malformed();
    return scalar;
  }

  /** Throws Found with the first value at the path; returns where the text holds none. */
  find(path: readonly JsonStep[], depth = 0): void {
    const step = path[depth];
    if (step === undefined) throw new Found(this.value());
    this.skipSpace();
    const first = this.text[this.at];
    const visit = (key: JsonStep): void => {
      if (key === step) this.find(path, depth + 1);
      else this.value();
    };
    if (first === '{' && typeof step === 'string') this.object((key) => visit(unquote(key)));
    else if (first === '[' && typeof step === 'number') this.list(visit);
    else this.value();
  }

  private object<T>(member: (key: string) => T): readonly T[] {
    return this.sequence('}', () => {
      this.skipSpace();
      const key = this.string();
      this.skipSpace();
      if (this.text[this.at] !== ':') throw new Malformed();
      this.at += 1;
      return member(key);
    });
  }

  private list<T>(element: (index: number) => T): readonly T[] {
    return this.sequence(']', (index) => {
      this.skipSpace();
      if (this.text[this.at] === ',') throw new Error('A JSON array with a gap is not supported');
      return element(index);
    });
  }

  private sequence<T>(end: '}' | ']', item: (index: number) => T): readonly T[] {
    const items: T[] = [];
    this.at += 1;
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] === end) {
        this.at += 1;
        return items;
      }
      items.push(item(items.length));
      this.skipSpace();
      if (this.text[this.at] === ',') this.at += 1;
      else if (this.text[this.at] !== end) throw new Malformed();
    }
  }

  private string(): string {
    const token = this.take(STRING);
    if (token === undefined) throw new Malformed();
    return PLAIN.test(token) ? token : quoteJson(decoded(token));
  }

  private number(): string | undefined {
    const number = this.take(NUMBER);
    // '1.' and '1e' are no numbers, but '01' begins with one.
    return /[.eE]/.test(this.text[this.at] ?? '') ? undefined : number;
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0];
    if (token !== undefined) this.at += token.length;
    return token;
  }
}

/** Ends the reading at the value that was asked for. */
class Found {
  constructor(readonly json: string) {}
}

function decoded(token: string): string {
  const inner = token.slice(1, -1);
  if (/\\(?:u(?![0-9a-fA-F]{4})|x(?![0-9a-fA-F]{2}))/.test(inner.replace(/\\[^ux]/gs, '')))
    throw new Malformed();
  return inner
    .replace(ESCAPE, (_match, code: string, byte: string, other: string) =>
      other === undefined
        ? String.fromCharCode(Number.parseInt(code ?? byte, 16))
        : (CONTROL[other] ?? other),
    )
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}

function unquote(json: string): string {
  return json.includes('\\') ? (JSON.parse(json) as string) : json.slice(1, -1);
}

/** The value at the path as compact JSON, 'null' included; null where there is none. */
export function selectJson(text: string, path: readonly JsonStep[]): string | null {
  try {
    new Reader(text).find(path);
    return null;
  } catch (error) {
    if (error instanceof Found) return error.json;
    if (error instanceof Malformed) return null;
    throw error;
  }
}
