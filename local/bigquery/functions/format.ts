import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { constantText, each, scalar } from './entry';
import { floatToText } from './float-text';
import { valueText } from './format-value';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

type Piece = string | Verb;

/** The format as literal text and verbs; widths from arguments (%*d) are refused. */
function readFormat(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const pattern = /%%|%([-+ #0']*)(\d*)(?:\.(\d+))?([a-zA-Z])|[^%]+|%/gs;
  for (const [text, flags, width, precision, letter] of format.matchAll(pattern)) {
    if (text === '%%') pieces.push('%');
    else if (letter !== undefined) {
      pieces.push({
        flags: flags ?? '',
        width: Number(width ?? 0),
        precision: precision === undefined ? undefined : Number(precision),
        letter,
      });
    } else if (text === '%') throw new UnsupportedError(`the format '${format}'`);
    else pieces.push(text);
  }
  return pieces;
}

function refuse(verb: Verb, type: GoogleSqlType): never {
  const precision = verb.precision === undefined ? '' : `.${verb.precision}`;
  throw new UnsupportedError(
    `FORMAT with %${verb.flags}${verb.width || ''}${precision}${verb.letter} of ${type.kind}`,
  );
}

/** The verb without its width; NULL where the value is NULL. */
function bare(verb: Verb, x: string, type: GoogleSqlType): string {
  const { letter, flags, precision } = verb;
  if (letter === 't' || letter === 'T') {
    if (flags.replace('-', '') !== '' || precision !== undefined) refuse(verb, type);
    const text = valueText(x, type, letter);
    return text === undefined ? refuse(verb, type) : `coalesce(${text}, 'NULL')`;
  }
  if (letter === 's' && type.kind === 'STRING' && !/[^-]/.test(flags)) {
    return precision === undefined ? x : `left(${x}, ${precision})`;
  }
  if ((letter === 'd' || letter === 'i') && type.kind === 'INT64' && precision === undefined) {
    return signed(flags, x, (n) =>
      flags.includes("'") ? `format('{:,}', ${n})` : `CAST(${n} AS VARCHAR)`,
    );
  }
  if (
    (letter === 'x' || letter === 'X' || letter === 'o') &&
    type.kind === 'INT64' &&
    flags.replace(/[-0]/g, '') === '' &&
    precision === undefined
  ) {
    return bindOnce(
      [x],
      (n) =>
        `CASE WHEN ${n} < 0 THEN '-' || printf('%${letter}', -CAST(${n} AS HUGEINT)) ELSE printf('%${letter}', ${n}) END`,
    );
  }
  if (/[fFeEgG]/.test(letter) && type.kind === 'FLOAT64' && !/[#]/.test(flags)) {
    if (flags.includes("'") && letter !== 'f') refuse(verb, type);
    const directive = `${precision ?? 6}${letter}`;
    const digits = (n: string): string => floatDigits(n, directive, flags.includes("'"));
    // %E and its like write NAN and INF.
    const special = (n: string): string =>
      /[FEG]/.test(letter) ? `upper(${floatToText(n)})` : floatToText(n);
    // Adding zero takes the sign off a negative zero.
    return bindOnce(
      [`(${x} + 0e0)`],
      (n = '') =>
        `CASE WHEN isfinite(${n}) THEN ${signed(flags, n, digits)} ELSE ${signed(flags.replace(/['0]/g, ''), n, special)} END`,
    );
  }
  if (letter === 'f' && type.kind === 'NUMERIC' && !/[#']/.test(flags)) {
    const digits = precision ?? 6;
    if (digits > 9) refuse(verb, type);
    // What is rounded to zero keeps its sign.
    const rounded = (n: string): string =>
      `CASE WHEN ${n} < 0 THEN '-' ELSE '' END || CAST(CAST(abs(${n}) AS DECIMAL(38,${digits})) AS VARCHAR)`;
    return bindOnce([x], (n = '') => `(${signed(flags, n, rounded)})`);
  }
  return refuse(verb, type);
}

/**
 * Digits of %f, with commas or without. DuckDB writes zeros after some forty digits; numbers of that
 * size are whole.
 */
function floatDigits(n: string, directive: string, isGrouped: boolean): string {
  const printed = isGrouped
    ? `format('{:,.${directive}}', ${n})`
    : `printf('%.${directive}', ${n})`;
  if (!/f$/i.test(directive)) return printed;
  const decimals = Number.parseInt(directive, 10);
  const zeros = decimals === 0 ? '' : ` || '.${'0'.repeat(decimals)}'`;
  const digits = `CAST(CAST(abs(${n}) AS BIGNUM) AS VARCHAR)`;
  const threes = `ltrim(reverse(regexp_replace(reverse(${digits}), '(\\d{3})', '\\1,', 'g')), ',')`;
  const whole = `CASE WHEN ${n} < 0 THEN '-' ELSE '' END || ${isGrouped ? threes : digits}`;
  return `CASE WHEN abs(${n}) < 1e38 THEN ${printed} ELSE ${whole}${zeros} END`;
}

/** Puts '+' or ' ' before numbers that are not negative. */
function signed(flags: string, x: string, digits: (n: string) => string): string {
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : undefined;
  if (sign === undefined) return digits(x);
  return bindOnce(
    [x],
    (n = '') => `(CASE WHEN ${n} >= 0 THEN '${sign}' ELSE '' END || ${digits(n)})`,
  );
}

/** Pads to the width: on the right with -, with zeros after the sign with 0. */
function padded(verb: Verb, text: string): string {
  if (verb.width === 0) return text;
  const { width } = verb;
  return bindOnce([text], (value = '') => {
    if (verb.flags.includes('-'))
      return `CASE WHEN length(${value}) >= ${width} THEN ${value} ELSE rpad(${value}, ${width}, ' ') END`;
    const spaces = `CASE WHEN length(${value}) >= ${width} THEN ${value} ELSE lpad(${value}, ${width}, ' ') END`;
    if (!verb.flags.includes('0') || /[sTt]/.test(verb.letter)) return spaces;
    const sign = `regexp_extract(${value}, '^[-+ ]')`;
    const zeros = `${sign} || lpad(substr(${value}, length(${sign}) + 1), CAST(${width} - length(${sign}) AS INTEGER), '0')`;
    return `CASE WHEN length(${value}) >= ${width} THEN ${value} WHEN regexp_matches(${value}, '\\d') THEN ${zeros} ELSE ${spaces} END`;
  });
}

function format(call: FunctionCall): string {
  const pieces = readFormat(constantText(call, 0, 'FORMAT with a format'));
  let next = 1;
  const parts = pieces.map((piece) => {
    if (typeof piece === 'string') return quoteString(piece);
    const index = next;
    next += 1;
    const type = call.argTypes[index];
    if (type === undefined) throw new UnsupportedError('FORMAT with fewer arguments than verbs');
    return padded(piece, bare(piece, call.args[index] ?? '', type));
  });
  if (next !== call.args.length)
    throw new UnsupportedError('FORMAT with more arguments than verbs');
  return parts.length === 0 ? "''" : `(${parts.join(' || ')})`;
}

const INTS = '[NULL, 0, 5, -42, 1234567, 9223372036854775807, -9223372036854775807]';
const FLOATS =
  "[NULL, 0.0, 1.5, -2.675, 1234567.891, 1e20, -9.87654321012345e44, 1e300, 1e-10, 0.5, 2.5, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]";
const VALUES: readonly string[] = [
  INTS,
  FLOATS,
  '[NULL, TRUE, FALSE]',
  "[NULL, DATE '2024-02-29']",
  "[NULL, DATETIME '2024-02-29 01:02:03.5']",
  "[NULL, TIMESTAMP '2024-02-29 01:02:03.5+00']",
  "[NULL, TIME '01:02:03.25']",
  "[NULL, NUMERIC '1.5', NUMERIC '-10']",
];

export const formatFunctions: readonly FunctionMapping[] = [
  scalar('format', "FORMAT('format', value, ...)", format, [
    ...[
      '%d',
      '%i',
      '%5d|',
      '%-5d|',
      '%05d',
      '%+d',
      '% d',
      "%'d",
      "%'12d",
      '%+05d',
      '%x',
      '%X',
      '%o',
      '%08x',
      '%t',
      '%T',
      '%10t|',
    ].map((verb) => each(`FORMAT("${verb}", x)`, INTS)),
    ...[
      '%f',
      '%.2f',
      '%.0f',
      '%e',
      '%.3e',
      '%E',
      '%g',
      '%.3g',
      '%G',
      '%10.2f|',
      '%-10.1f|',
      '%010.2f',
      '%+.1f',
      "%'.2f",
      "%'f",
      '%t',
    ].map((verb) => each(`FORMAT("${verb}", x)`, FLOATS)),
    ...['%s', '%10s|', '%-10s|', '%.2s', 'a%%b%sc', '%t', '%20t|'].map((verb) =>
      each(`FORMAT('${verb}', x)`, "[NULL, '', 'a', 'héllo wörld', '\\U0001F600']"),
    ),
    ...VALUES.map((values) => each("FORMAT('%t', x)", values)),
    ...VALUES.filter((values) => values !== FLOATS).map((values) =>
      each("FORMAT('%T', x)", values),
    ),
    ...['%f', '%.2f', '%.0f', '%.9f', '%+.1f', '%10.2f|'].map((verb) =>
      each(
        `FORMAT('${verb}', x)`,
        "[NULL, NUMERIC '0', NUMERIC '1.5', NUMERIC '-2.675', NUMERIC '0.005', NUMERIC '123456789.987654321', NUMERIC '-0.04', NUMERIC '-0.000000001']",
      ),
    ),
    "FORMAT('%s=%d (%t)', 'a', 1, DATE '2024-01-01')",
    each(
      "FORMAT('%T', x)",
      "[NULL, '', 'a\"b', 'it\\'s', 'it\\'s \"q\"', 'a\\nb\\t\\r\\\\', '\\x01\\x7fé\\u2028😀', '\\x00', '`']",
    ),
    ...['%t', '%T', '%12t|'].flatMap((verb) => [
      each(`FORMAT('${verb}', x)`, FLOATS),
      `FORMAT('${verb}', [1, NULL])`,
      `FORMAT('${verb}', ['a', NULL, 'b"'])`,
      `FORMAT('${verb}', CAST(NULL AS ARRAY<INT64>))`,
      `FORMAT('${verb}', ARRAY<DATE>[])`,
      `FORMAT('${verb}', STRUCT(1 AS x, 'a' AS y, CAST(NULL AS DATE) AS z))`,
      `FORMAT('${verb}', STRUCT(1.5))`,
      `FORMAT('${verb}', [STRUCT(1, [TIMESTAMP '2024-01-01 00:00:00+00'])])`,
    ]),
    each("FORMAT('%t', x)", `[NULL, JSON '{"b": 1.50, "a": [1, null]}', JSON 'null', JSON '"x"']`),
    "FORMAT('no verbs')",
    "FORMAT('%s', CAST(NULL AS STRING))",
    "FORMAT('%02d:%02d', 3, 4)",
  ]),
];
