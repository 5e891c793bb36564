/** A stretch of a file, as character offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch that reaches BigQuery as it stands, or a `${...}` whose value does. */
export interface Piece extends Range {
  readonly kind: 'text' | 'placeholder';
}

/** One SQL statement as it is written: its pieces in order. */
export type Template = readonly Piece[];

export interface SqlxFile {
  /** What stands between the braces of the config block; of the first, where there are several. */
  readonly config: Range | undefined;
  /** The same of the further ones, which a file must not have. */
  readonly furtherConfigs: readonly Range[];
  /** The statements outside of blocks; more than one in operations alone. */
  readonly statements: readonly Template[];
  /** The statements of pre_operations and post_operations blocks. */
  readonly operations: readonly Template[];
}

/** How Dataform's own lexer begins blocks: the blank before the brace is part of the word. */
const BLOCK =
  /(config|js|pre_operations|post_operations|incremental_where|input "[\w-]+"(?:,\s*"[\w-]+")*) \{/y;
const SEPARATOR = /[^\S\r\n]*---[^\S\r\n]*$/my;
const COMMENT = /--.*$|\/\*[\s\S]*?\*\//my;
const QUOTE = /'''|"""|'|"/y;

/** Takes an SQLX file apart as Dataform does, and keeps where everything stands. */
export function splitSqlx(text: string): SqlxFile {
  const splitter = new Splitter(text);
  splitter.sql(0, false);
  return splitter.file;
}

class Splitter {
  private configs: Range[] = [];
  private statements: Template[] = [];
  private operations: Template[] = [];

  constructor(private readonly text: string) {}

  get file(): SqlxFile {
    const { configs, statements, operations } = this;
    const [config, ...furtherConfigs] = configs;
    return { config, furtherConfigs, statements, operations };
  }

  /** Reads SQL up to the end, or up to the brace that closes a block; answers where that is. */
  sql(from: number, isBlock: boolean): number {
    const templates: Piece[][] = [[]];
    let start = from;
    let at = from;
    const piece = (kind: Piece['kind'], end: number): void => {
      if (end > start) templates.at(-1)?.push({ kind, start, end });
      start = end;
    };
    while (at < this.text.length) {
      const block = isBlock ? undefined : this.match(BLOCK, at);
      const separator = this.match(SEPARATOR, at);
      if (isBlock && this.text[at] === '}') break;
      if (block) {
        piece('text', at);
        at = this.block(block, at + block.length);
        start = at;
      } else if (separator) {
        piece('text', at);
        templates.push([]);
        at += separator.length;
        start = at;
      } else if (this.text.startsWith('${', at)) {
        piece('text', at);
        at = this.javaScript(at + 2);
        piece('placeholder', at);
      } else {
        const comment = this.match(COMMENT, at);
        const quote = this.match(QUOTE, at);
        if (comment) at += comment.length;
        else if (quote) at = this.string(at, quote, piece);
        else at++;
      }
    }
    piece('text', Math.min(at, this.text.length));
    (isBlock ? this.operations : this.statements).push(...templates);
    return at + 1;
  }

  private block(word: string, at: number): number {
    if (/^(config|js)/.test(word)) {
      const end = this.javaScript(at);
      if (word.startsWith('config')) this.configs.push({ start: at, end: end - 1 });
      return end;
    }
    return this.sql(at, true);
  }

  /** A string ends at its quote; placeholders inside are placeholders. */
  private string(
    from: number,
    quote: string,
    piece: (kind: Piece['kind'], end: number) => void,
  ): number {
    let at = from + quote.length;
    while (at < this.text.length && !this.text.startsWith(quote, at)) {
      if (this.text.startsWith('${', at)) {
        piece('text', at);
        at = this.javaScript(at + 2);
        piece('placeholder', at);
      } else at += this.text[at] === '\\' ? 2 : 1;
    }
    return at + quote.length;
  }

  /** Reads JavaScript up to the brace that closes it; answers the place after the brace. */
  private javaScript(from: number): number {
    let at = from;
    while (at < this.text.length) {
      const comment = this.match(JS_COMMENT, at);
      const string = this.match(JS_STRING, at);
      if (this.text[at] === '}') return at + 1;
      if (comment) at += comment.length;
      else if (string) at += string.length;
      else if (this.text[at] === '{') at = this.javaScript(at + 1);
      else if (this.text[at] === '`') at = this.template(at + 1);
      else at++;
    }
    return at;
  }

  private template(from: number): number {
    let at = from;
    while (at < this.text.length && this.text[at] !== '`') {
      if (this.text.startsWith('${', at)) at = this.javaScript(at + 2);
      else at += this.text[at] === '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }
}

const JS_COMMENT = /\/\/.*$|\/\*[\s\S]*?\*\//my;
const JS_STRING = /'(?:\\.|[^\n'\\])*'|"(?:\\.|[^\n"\\])*"/y;
