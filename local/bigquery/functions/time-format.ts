import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';

/** Directives that DuckDB's strftime writes as GoogleSQL does. */
const SHARED = new Set([
  'a',
  'A',
  'b',
  'B',
  'd',
  'H',
  'I',
  'j',
  'm',
  'M',
  'p',
  'S',
  'u',
  'U',
  'V',
  'w',
  'W',
  'y',
  'Y',
  '%',
]);

/** Directives that stand for others. */
const ALIASES: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  h: '%b',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  c: '%a %b %e %H:%M:%S %Y',
  r: '%I:%M:%S %p',
  n: '\n',
  t: '\t',
};

const TIME_DIRECTIVES = new Set([
  'H',
  'I',
  'k',
  'l',
  'M',
  'p',
  'P',
  'S',
  'R',
  'T',
  'X',
  'c',
  'r',
  's',
  'z',
  'Z',
  'ES',
  'Ez',
]);

interface FormatPiece {
  readonly kind: 'text' | 'directive';
  readonly value: string;
}

/** A format string as literal text and directives: 'Y', 'E3S', 'E*S', 'E4Y', 'Ez'. */
export function formatPieces(format: string): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  const pattern = /%(E[0-9*]S|E4Y|Ez|[A-Za-z%])|([^%]+)|(%)/gs;
  for (const match of format.matchAll(pattern)) {
    const [, directive, text] = match;
    if (text !== undefined) pieces.push({ kind: 'text', value: text });
    else if (directive === undefined) throw new UnsupportedError(`the format '${format}'`);
    else if (ALIASES[directive] !== undefined) pieces.push(...formatPieces(ALIASES[directive]));
    else pieces.push({ kind: 'directive', value: directive });
  }
  return pieces;
}

/** True where a format asks a DATE for a time or a zone, which GoogleSQL leaves as it stands. */
export function asksForTime(format: string): boolean {
  return [...format.matchAll(/%(E[0-9*]S|E4Y|Ez|[A-Za-z%])/g)].some(([, name = '']) =>
    TIME_DIRECTIVES.has(name.replace(/^E[0-9*]S$/, 'ES')),
  );
}

interface FormatSource {
  /** Civil time to print: DuckDB TIMESTAMP or DATE, cheap to mention many times. */
  readonly civil: string;
  /** The instant and its offset's text, for TIMESTAMPs. */
  readonly zone?: { readonly epoch: string; readonly minutes: string } | undefined;
}

/** SQL that prints the pieces. Directives without a proven translation are refused by name. */
export function formatSql(format: string, source: FormatSource): string {
  const modern = piecesSql(formatPieces(format), source, SHARED);
  if (!/%[YFc]/.test(format)) return modern;
  // strftime fills years below 1000 with zeros, GoogleSQL does not.
  const early = piecesSql(
    formatPieces(format),
    source,
    new Set([...SHARED].filter((name) => name !== 'Y')),
  );
  return `CASE WHEN ${source.civil} < '1000-01-01' THEN ${early} ELSE ${modern} END`;
}

function piecesSql(
  pieces: readonly FormatPiece[],
  source: FormatSource,
  shared: ReadonlySet<string>,
): string {
  const parts: string[] = [];
  let run = '';
  const flush = (): void => {
    if (run !== '') parts.push(`strftime(${source.civil}, ${quoteString(run)})`);
    run = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') run += piece.value;
    else if (shared.has(piece.value)) run += `%${piece.value}`;
    else {
      flush();
      parts.push(special(piece.value, source));
    }
  }
  flush();
  // A format without directives still is NULL for NULL.
  if (parts.length === 0) return `CASE WHEN ${source.civil} IS NOT NULL THEN '' END`;
  return `(${parts.join(' || ')})`;
}

function special(directive: string, source: FormatSource): string {
  const x = source.civil;
  const fraction = /^E([0-9*])S$/.exec(directive)?.[1];
  if (fraction !== undefined) return `(strftime(${x}, '%S') || ${fractionSql(x, fraction)})`;
  const builder = SPECIAL[directive];
  if (builder !== undefined) return builder(x);
  if (source.zone !== undefined) {
    if (directive === 's') return `CAST(${source.zone.epoch} AS VARCHAR)`;
    if (directive === 'z') return offsetText(source.zone.minutes, '');
    if (directive === 'Ez') return offsetText(source.zone.minutes, ':');
    if (directive === 'Z') return zoneName(source.zone.minutes);
  }
  throw new UnsupportedError(`the format directive %${directive}`);
}

const SPECIAL: Readonly<Record<string, (x: string) => string>> = {
  Y: (x) => `CAST(year(${x}) AS VARCHAR)`,
  e: (x) => `lpad(CAST(day(${x}) AS VARCHAR), 2, ' ')`,
  k: (x) => `lpad(CAST(hour(${x}) AS VARCHAR), 2, ' ')`,
  l: (x) => `lpad(CAST((hour(${x}) + 11) % 12 + 1 AS VARCHAR), 2, ' ')`,
  P: (x) => `CASE WHEN hour(${x}) < 12 THEN 'am' ELSE 'pm' END`,
  Q: (x) => `CAST(quarter(${x}) AS VARCHAR)`,
  C: (x) => `CAST(year(${x}) // 100 AS VARCHAR)`,
  G: (x) => `CAST(isoyear(${x}) AS VARCHAR)`,
  g: (x) => `lpad(CAST(isoyear(${x}) % 100 AS VARCHAR), 2, '0')`,
  E4Y: (x) => `lpad(CAST(year(${x}) AS VARCHAR), 4, '0')`,
};

/** Decimals of the second: a fixed number, or with * as many as there are. */
function fractionSql(x: string, digits: string): string {
  if (digits === '0') return "''";
  const micros = `lpad(CAST(microsecond(${x}) % 1000000 AS VARCHAR), 6, '0')`;
  if (digits === '*')
    return `CASE WHEN microsecond(${x}) % 1000000 = 0 THEN '' ELSE '.' || rtrim(${micros}, '0') END`;
  return `'.' || left(rpad(${micros}, ${digits}, '0'), ${digits})`;
}

function offsetText(minutes: string, separator: string): string {
  return `printf('%s%02d${separator}%02d', CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END, abs(${minutes}) // 60, abs(${minutes}) % 60)`;
}

/** 'UTC', 'UTC-5', 'UTC+0530'. */
function zoneName(minutes: string): string {
  const hours = `CAST(abs(${minutes}) // 60 AS VARCHAR)`;
  return `('UTC' || CASE WHEN ${minutes} = 0 THEN '' ELSE CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END || CASE WHEN ${minutes} % 60 = 0 THEN ${hours} ELSE printf('%02d%02d', abs(${minutes}) // 60, abs(${minutes}) % 60) END END)`;
}
