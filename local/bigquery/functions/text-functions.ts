/** Text functions over code points, for what DuckDB has no equal of. */

const DEFAULT_DELIMITERS = new Set(' \t\n\v\f\r[](){}/|<>!?@"^#$&~_,.:;*%+-');

/** INITCAP: first letters of words upper case, all others lower. */
export function capitalise(text: string): string {
  return capitaliseWith(text, DEFAULT_DELIMITERS);
}

/** INITCAP with the characters that part words. */
export function capitaliseBy(text: string, delimiters: string): string {
  return capitaliseWith(text, new Set(delimiters));
}

function capitaliseWith(text: string, delimiters: ReadonlySet<string>): string {
  let result = '';
  let starts = true;
  for (const character of text) {
    const delimits = delimiters.has(character);
    if (delimits) result += character;
    else result += starts ? character.toUpperCase() : character.toLowerCase();
    starts = delimits;
  }
  return result;
}

/**
 * INSTR: the 1-based position, in code points, of the nth occurrence (overlapping ones count)
 * from a start position; a negative start searches backwards from the end. 0 where there is none.
 */
export function position(text: string, part: string, start: bigint, occurrence: bigint): bigint {
  if (start === 0n) throw new Error('INSTR needs a position that is not 0');
  if (occurrence < 1n) throw new Error('INSTR needs an occurrence of 1 or more');
  if (part === '') return 0n;
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

/** SOUNDEX: a letter and three digits by the sound of the Latin letters; '' without any. */
export function soundex(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, '');
  const first = letters[0];
  if (first === undefined) return '';
  let result = first;
  let previous = CODES[first];
  for (const letter of letters.slice(1)) {
    const code = CODES[letter];
    if (code !== undefined && code !== previous) result += code;
    // H and W do not part two letters of one sound, vowels do.
    if (letter !== 'H' && letter !== 'W') previous = code;
    if (result.length === 4) return result;
  }
  return result.padEnd(4, '0');
}

/** NORMALIZE_AND_CASEFOLD. */
export function foldCase(text: string, form: string): string {
  return text.normalize(form).toUpperCase().toLowerCase().normalize(form);
}
