import { UnsupportedError } from '../sql/errors';
import { formatPieces } from './time-format';

const MONTH =
  '(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Read and not used, as in BigQuery: the date alone says which day of the week it is. */
const WEEKDAY =
  '(?i:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';

/** What each directive reads, with its share of the result. */
const DIRECTIVES: Readonly<Record<string, { readonly pattern: string; readonly field?: Field }>> = {
  a: { pattern: WEEKDAY },
  A: { pattern: WEEKDAY },
  Y: { pattern: '[+-]?\\d{1,4}', field: 'year' },
  E4Y: { pattern: '\\d{4}', field: 'year' },
  m: { pattern: '\\d{1,2}', field: 'month' },
  d: { pattern: '\\d{1,2}', field: 'day' },
  e: { pattern: ' ?\\d{1,2}', field: 'day' },
  b: { pattern: MONTH, field: 'monthName' },
  B: { pattern: MONTH, field: 'monthName' },
  y: { pattern: '\\d{1,2}', field: 'shortYear' },
  H: { pattern: '\\d{1,2}', field: 'hour' },
  k: { pattern: ' ?\\d{1,2}', field: 'hour' },
  I: { pattern: '\\d{1,2}', field: 'hour12' },
  p: { pattern: '[AaPp][Mm]', field: 'half' },
  M: { pattern: '\\d{1,2}', field: 'minute' },
  S: { pattern: '\\d{1,2}', field: 'second' },
  'E*S': { pattern: '\\d{1,2}(?:\\.\\d*)?', field: 'fractional' },
  s: { pattern: '-?\\d+', field: 'epoch' },
  z: { pattern: 'Z|z|[+-]\\d{1,2}(?::?\\d{2})?', field: 'offset' },
  Ez: { pattern: 'Z|z|[+-]\\d{1,2}(?::?\\d{2})?', field: 'offset' },
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

/** The format as a regular expression; white space in it reads any amount of white space. */
export function reader(format: string): Reader {
  const fields: Field[] = [];
  let pattern = '';
  for (const piece of formatPieces(format)) {
    if (piece.kind === 'text') {
      pattern += piece.value.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s*');
      continue;
    }
    if (piece.value === '%') {
      pattern += '%';
      continue;
    }
    const directive = DIRECTIVES[piece.value];
    if (directive === undefined)
      throw new UnsupportedError(`the format directive %${piece.value} for parsing`);
    if (directive.field === undefined) {
      pattern += directive.pattern;
      continue;
    }
    if (fields.includes(directive.field))
      throw new UnsupportedError(`the format '${format}', which reads one part twice`);
    fields.push(directive.field);
    pattern += `(${directive.pattern})`;
  }
  return { pattern: `\\s*${pattern}\\s*`, fields };
}
