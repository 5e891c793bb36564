/** Text functions over code points, for what DuckDB has no equal of. */

const DEFAULT_DELIMITERS = new Set(' \t\n\v\f\r[](){}/|\\<>!?@"^#$&~_,.:;*%+-');

/** INITCAP: first letters of words upper case, all others lower. */
export function capitalise(text: string): string {
  return capitaliseWith(
    text,
    (letter) => DEFAULT_DELIMITERS.has(letter) || /\p{White_Space}/u.test(letter),
  );
}

/** INITCAP with the characters that part words. */
export function capitaliseBy(text: string, delimiters: string): string {
  const parting = new Set(delimiters);
  return capitaliseWith(text, (letter) => parting.has(letter));
}

function capitaliseWith(text: string, parts: (letter: string) => boolean): string {
  let result = '';
  let starts = true;
  for (const character of text) {
    const delimits = parts(character);
    if (delimits) result += character;
    else result += oneLetter(character, starts ? character.toUpperCase() : character.toLowerCase());
    starts = delimits;
  }
  return result;
}

/** Letters that map to several stay as they are. */
function oneLetter(character: string, mapped: string): string {
  return [...mapped].length === 1 ? mapped : character;
}

/**
 * INSTR: the 1-based position, in code points, of the nth occurrence (overlapping ones count)
 * from a start position; a negative start searches backwards from the end. 0 where there is none.
 */
export function position(text: string, part: string, start: bigint, occurrence: bigint): bigint {
  if (start === 0n) throw new Error('INSTR needs a position that is not 0');
  if (occurrence < 1n) throw new Error('INSTR needs an occurrence of 1 or more');
  if (part === '' && start < 0n) {
    throw new Error('INSTR of an empty part from a negative position is not supported');
  }
  const characters = [...text];
  const wanted = [...part];
  const last = characters.length - wanted.length;
  const matches = (at: number): boolean =>
    wanted.every((character, index) => characters[at + index] === character);
  let remaining = occurrence;
  const step = start > 0n ? 1 : -1;
  const first = start > 0n ? Number(start) - 1 : Math.min(last, characters.length + Number(start));
  for (let at = first; at >= 0 && at <= last; at += step) {
    if (!matches(at)) continue;
    remaining -= 1n;
    if (remaining === 0n) return BigInt(at + 1);
  }
  return 0n;
}

const CODES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'BFPV'].map((letter) => [letter, '1'])),
  ...Object.fromEntries([...'CGJKQSXZ'].map((letter) => [letter, '2'])),
  ...Object.fromEntries([...'DT'].map((letter) => [letter, '3'])),
  L: '4',
  M: '5',
  N: '5',
  R: '6',
};

const LITERAL_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};

/** FORMAT's %T: a STRING literal, in single quotes only where that saves escapes. */
export function stringLiteral(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const escaped = Array.from(text, (letter) => {
    if (letter === quote) return `\\${letter}`;
    const code = letter.codePointAt(0) ?? 0;
    const isControl = code < 32 || code === 127;
    return (
      LITERAL_ESCAPES[letter] ?? (isControl ? `\\x${code.toString(16).padStart(2, '0')}` : letter)
    );
  });
  return `${quote}${escaped.join('')}${quote}`;
}

/** SOUNDEX: a letter and three digits by the sound of the letters A to Z; '' without any. */
export function soundex(text: string): string {
  const letters = text.replace(/[^A-Za-z]/g, '');
  const first = letters[0];
  if (first === undefined) return '';
  let result = first;
  let previous = CODES[first.toUpperCase()];
  for (const letter of letters.slice(1).toUpperCase()) {
    const code = CODES[letter];
    // Letters without a code do not part two of one sound, vowels neither.
    if (code === undefined || code === previous) continue;
    result += code;
    previous = code;
    if (result.length === 4) return result;
  }
  return result.padEnd(4, '0');
}

/** Through upper case, because some letters meet only there; twice, because ẞ becomes ß before ss. */
const lowered = (text: string): string =>
  Array.from(text.toUpperCase(), (letter) => letter.toLowerCase()).join('');

/** NORMALIZE_AND_CASEFOLD. */
export function foldCase(text: string, form: string): string {
  // Letter by letter, so that a sigma at a word's end folds like any other.
  const folded = Array.from(text.normalize(form), (letter) =>
    // The i without a dot folds to itself, though its capital is I.
    letter === 'ı' ? letter : lowered(lowered(letter)),
  );
  return folded.join('').normalize(form);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 with a U+FFFD for each byte that belongs to no letter, as BigQuery replaces them. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const letter = letterAt(bytes, at);
    text += letter ?? '\uFFFD';
    at += letter === undefined ? 1 : letterLength(bytes[at] as number);
  }
  return text;
}

function letterAt(bytes: Uint8Array, at: number): string | undefined {
  try {
    return strictUtf8.decode(bytes.subarray(at, at + letterLength(bytes[at] as number)));
  } catch {
    return undefined;
  }
}

/** How many bytes a letter has that begins with this one. */
function letterLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
