import { UnsupportedError } from '../sql/errors';
import { formatPieces } from './time-format';

const SPACE = '[\\s\\v]';

const MONTH =
  '(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Read and not used, as in BigQuery: the date alone says which day of the week it is. */
const WEEKDAY =
  '(?i:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';

/** What names may end with: text of a format that begins so could be taken for it. */
const NAME_ENDINGS =
  /^\s*(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember|day|sday|nesday|rsday|urday)/i;

/** What comes after a directive in the format: digits at once, after white space or not at all. */
type Next = 'digit' | 'space or digit' | 'other';

interface Directive {
  /** The regular expression, given what comes after it. */
  readonly pattern: (next: Next) => string;
  readonly field?: Field;
  /** True where a digit may be the first character that it reads. */
  readonly leadsWithDigit: boolean;
}

/**
 * GoogleSQL reads a number as long as its digits go on, up to its width, and never gives one back,
 * where a regular expression would. So a number that a digit may follow has its full width.
 */
function number(width: number): Directive['pattern'] {
  const full = `\\d{${width}}`;
  return (next) => {
    if (next === 'digit') return full;
    if (next === 'other') return `\\d{1,${width}}`;
    return `${full}${SPACE}*|\\d{1,${width - 1}}${SPACE}+`;
  };
}

const ahead =
  (pattern: Directive['pattern']): Directive['pattern'] =>
  (next) =>
    `${SPACE}*(?:${pattern(next)})`;

/** Two digits, or one where the first is too large for two. */
const tens =
  (low: string, high: string): Directive['pattern'] =>
  (next) => {
    const full = `${high}|${low}\\d`;
    if (next === 'digit') return full;
    return next === 'other' ? `${low}?\\d` : `(?:${full})${SPACE}*|${low}${SPACE}+`;
  };

/** An offset, with what may stand between its hours and minutes. */
const offset =
  (separator: string): Directive['pattern'] =>
  (next) => {
    if (next === 'digit') throw new UnsupportedError('a format that reads digits after an offset');
    const full = `[+-]\\d{2}${separator}[0-5]\\d`;
    const short = `[+-]\\d{2}(?:${separator}[0-5]\\d)?`;
    return next === 'other' ? short : `${full}${SPACE}*|${short}${SPACE}+`;
  };

const zulu =
  (pattern: Directive['pattern']): Directive['pattern'] =>
  (next) =>
    `Z|${pattern(next)}`;

/** Numbers of any length: only refused where a digit may follow. */
const open =
  (pattern: string): Directive['pattern'] =>
  (next) => {
    if (next !== 'other')
      throw new UnsupportedError('a format that reads digits after %s or fractions of seconds');
    return pattern;
  };

const digits = (field: Field, width: number): Directive => ({
  pattern: number(width),
  field,
  leadsWithDigit: true,
});

const letters = (pattern: string, field?: Field): Directive => ({
  pattern: () => pattern,
  ...(field && { field }),
  leadsWithDigit: false,
});

/** What each directive reads, with its share of the result. */
const DIRECTIVES: Readonly<Record<string, Directive>> = {
  a: letters(WEEKDAY),
  A: letters(WEEKDAY),
  Y: digits('year', 5),
  // Before another directive, where a zero in front leaves no room for the fifth digit.
  Y4: digits('year', 4),
  E4Y: { pattern: () => '\\d{4}', field: 'year', leadsWithDigit: true },
  m: digits('month', 2),
  d: digits('day', 2),
  e: { ...digits('day', 2), pattern: ahead(tens('[0-3]', '[4-9]')) },
  b: letters(MONTH, 'monthName'),
  B: letters(MONTH, 'monthName'),
  y: digits('shortYear', 2),
  H: digits('hour', 2),
  k: { ...digits('hour', 2), pattern: ahead(tens('[0-2]', '[3-9]')) },
  I: { ...digits('hour12', 2), pattern: ahead(number(2)) },
  p: letters('[AaPp][Mm]', 'half'),
  M: digits('minute', 2),
  S: digits('second', 2),
  'E*S': { pattern: open('\\d{1,2}(?:\\.\\d+)?'), field: 'fractional', leadsWithDigit: true },
  s: { pattern: open('-?\\d+'), field: 'epoch', leadsWithDigit: true },
  z: { pattern: offset(''), field: 'offset', leadsWithDigit: false },
  Ez: { pattern: zulu(offset(':?')), field: 'offset', leadsWithDigit: false },
};

/** A part of a date or time that a format reads. */
export type Field =
  | 'year'
  | 'month'
  | 'day'
  | 'monthName'
  | 'shortYear'
  | 'hour'
  | 'hour12'
  | 'half'
  | 'minute'
  | 'second'
  | 'fractional'
  | 'epoch'
  | 'offset';

interface Reader {
  /** A regular expression over the whole text, one group a directive. */
  readonly pattern: string;
  readonly fields: readonly Field[];
}

/** Fields that say the same part: of two the last would count. */
function partOf(field: Field | undefined): Field | undefined {
  if (field === 'monthName') return 'month';
  if (field === 'shortYear') return 'year';
  if (field === 'hour12') return 'hour';
  return field === 'fractional' ? 'second' : field;
}

type Piece = ReturnType<typeof formatPieces>[number];

function directiveOf(value: string, after: Piece | undefined): Directive | undefined {
  return DIRECTIVES[value === 'Y' && after?.kind === 'directive' ? 'Y4' : value];
}

/** What the pieces after a directive begin with. */
function nextOf(pieces: readonly Piece[]): Next {
  let space = false;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'text') {
      const rest = piece.value.replace(/^[ \t\n\v\f\r]+/, '');
      if (rest !== piece.value) space = true;
      if (rest === '') continue;
      if (!/^\d/.test(rest)) return 'other';
    } else {
      if (!directiveOf(piece.value, pieces[index + 1])?.leadsWithDigit) return 'other';
      if (/^[ekI]$/.test(piece.value)) space = true;
    }
    return space ? 'space or digit' : 'digit';
  }
  return 'other';
}

/** Formats whose text could be taken for the end of what a directive reads. */
function refuseAmbiguous(format: string, value: string, after: Piece | undefined): void {
  const text = after?.kind === 'text' ? after.value : '';
  const taken =
    (/^[aAbB]$/.test(value) && NAME_ENDINGS.test(text)) ||
    (value === 'E*S' && text.startsWith('.')) ||
    (value === 'Ez' && text.startsWith(':'));
  if (taken || /%Y%[nt]/.test(format)) throw new UnsupportedError(`the format '${format}'`);
}

/** The format as a regular expression; white space in it reads any amount of white space. */
export function reader(format: string): Reader {
  const fields: Field[] = [];
  let pattern = '';
  const pieces = formatPieces(format);
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'text') {
      pattern += piece.value
        .replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
        .replace(/[ \t\n\v\f\r]+/g, () => `${SPACE}*`);
      continue;
    }
    if (piece.value === '%') {
      pattern += '%';
      continue;
    }
    const after = pieces[index + 1];
    const directive = directiveOf(piece.value, after);
    if (directive === undefined)
      throw new UnsupportedError(`the format directive %${piece.value} for parsing`);
    refuseAmbiguous(format, piece.value, after);
    const read = directive.pattern(nextOf(pieces.slice(index + 1)));
    if (directive.field === undefined) {
      pattern += read;
      continue;
    }
    if (fields.some((field) => partOf(field) === partOf(directive.field)))
      throw new UnsupportedError(`the format '${format}', which reads one part twice`);
    fields.push(directive.field);
    pattern += `(${read})`;
  }
  return { pattern: `${SPACE}*${pattern}${SPACE}*`, fields };
}
