/** One file in the language of .proto files, as far as a wire format depends on it. */
interface ProtoFile {
  readonly imports: readonly string[];
  readonly messages: readonly ProtoMessage[];
  readonly enums: readonly ProtoEnum[];
}

export interface ProtoMessage {
  readonly fullName: string;
  readonly fields: readonly ProtoField[];
}

export interface ProtoField {
  readonly name: string;
  /** As written: 'int64', 'TypeProto', 'zetasql.functions.DateTimestampPart'. */
  readonly type: string;
  /** The key type of map<key, type>. */
  readonly mapKey?: string;
  readonly number: number;
  readonly isRepeated: boolean;
  readonly oneof: string | undefined;
}

export interface ProtoEnum {
  readonly fullName: string;
  readonly values: ReadonlyMap<string, number>;
}

const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.+-]+|[^\s\w]/g;
const LABELS = new Set(['optional', 'required', 'repeated']);

/** Reads the messages and enums of a file; what says nothing about the wire is passed over. */
export function parseProto(text: string): ProtoFile {
  return new Parser(text).file();
}

class Parser {
  private readonly tokens: string[];
  private at = 0;
  private readonly imports: string[] = [];
  private readonly messages: ProtoMessage[] = [];
  private readonly enums: ProtoEnum[] = [];

  constructor(text: string) {
    this.tokens = (text.match(TOKEN) ?? []).filter((token) => !/^\/[/*]/.test(token));
  }

  file(): ProtoFile {
    let scope = '';
    while (this.at < this.tokens.length) {
      const word = this.next();
      if (word === 'package') scope = `${this.next()}.`;
      else if (word === 'import') this.imports.push(this.next().slice(1, -1));
      else if (word === 'message') this.message(scope);
      else if (word === 'enum') this.enum(scope);
      else if (word !== ';') this.skip(word);
    }
    return { imports: this.imports, messages: this.messages, enums: this.enums };
  }

  private message(scope: string): void {
    const fullName = scope + this.next();
    const fields: ProtoField[] = [];
    this.expect('{');
    this.body(`${fullName}.`, fields, undefined);
    this.messages.push({ fullName, fields });
  }

  private body(scope: string, fields: ProtoField[], oneof: string | undefined): void {
    for (let word = this.next(); word !== '}'; word = this.next()) {
      if (word === 'message') this.message(scope);
      else if (word === 'enum') this.enum(scope);
      else if (word === 'oneof') {
        const name = this.next();
        this.expect('{');
        this.body(scope, fields, name);
      } else if (/^(option|reserved|extensions|extend)$/.test(word)) this.skip(word);
      else if (word !== ';') fields.push(this.field(word, oneof));
    }
  }

  private field(first: string, oneof: string | undefined): ProtoField {
    const isRepeated = first === 'repeated';
    let type = LABELS.has(first) ? this.next() : first;
    let mapKey: string | undefined;
    if (type === 'map' && this.tokens[this.at] === '<') {
      this.expect('<');
      mapKey = this.next();
      this.expect(',');
      type = this.next();
      this.expect('>');
    }
    const name = this.next();
    this.expect('=');
    const number = Number(this.next());
    this.skip('');
    const isMap = mapKey !== undefined;
    return {
      name: camelCase(name),
      type,
      number,
      isRepeated: isRepeated || isMap,
      oneof,
      ...(mapKey !== undefined && { mapKey }),
    };
  }

  private enum(scope: string): void {
    const fullName = scope + this.next();
    const values = new Map<string, number>();
    this.expect('{');
    for (let word = this.next(); word !== '}'; word = this.next()) {
      if (word === ';') continue;
      if (word === 'option' || word === 'reserved') this.skip(word);
      else {
        this.expect('=');
        values.set(word, Number(this.next()));
        this.skip('');
      }
    }
    this.enums.push({ fullName, values });
  }

  /** To the end of a statement: its semicolon, or the block that it ends with. */
  private skip(word: string): void {
    let depth = 0;
    for (let token = word; ; token = this.next()) {
      if (token === ';' && depth === 0) return;
      if ('{[('.includes(token) && token !== '') depth++;
      if ('}])'.includes(token) && token !== '') depth--;
      if (token === '}' && depth === 0 && /^(service|extend)$/.test(word)) return;
    }
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('A .proto file of the analyzer ends too early');
    return token;
  }

  private expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new Error(`Expected ${token} in a .proto file, found ${found}`);
  }
}

function camelCase(name: string): string {
  return name.replace(/(?!^)_([a-z])(?=[a-z]|$)/g, (_, letter: string) => letter.toUpperCase());
}
