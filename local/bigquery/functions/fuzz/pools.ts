/**
 * Values on which engines differ, as GoogleSQL literals, by the name of their placeholder in a
 * template. Every pool holds NULL (where the place may be a column), the empty, the extremes.
 */

import { JSON_TEXTS, PARTS_OF_TEXT, TEXTS, URLS } from './text-pools';
import { CLOCKS, DATE_TEXTS, DATES, INSTANTS, TIMES } from './time-pools';
import { words } from './words';

const quote = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`);

const raw = (texts: readonly string[]): readonly string[] => texts.map((text) => `r'${text}'`);

const typed = (type: string, texts: readonly string[]): readonly string[] =>
  texts.map((text) => `${type} '${text}'`);

const NULL_OF = (type: string): string => `CAST(NULL AS ${type})`;

const INTS = words(`0 1 -1 2 -7 10 255 9007199254740993 9223372036854775807 -9223372036854775807
  (-9223372036854775807-1) 4294967296 2147483648 -2147483649 1000000000000`);

const FLOATS = [
  ...words(`0.0 -0.0 1.0 -1.5 0.1 2.5 -2.5 1e-7 123456.789 1e15 1e16 1e22 -1e300 1e308 5e-324
  1.7976931348623157e308 -1.7976931348623157e308 2.675 0.49999999999999994 9007199254740993.0
  9223372036854775807.0 0.3 1e-300`),
  ...["'nan'", "'inf'", "'-inf'"].map((text) => `CAST(${text} AS FLOAT64)`),
];

const NUMERICS = typed(
  'NUMERIC',
  words(`0 1 -1 0.5 -0.5 2.5 0.000000001 -0.000000001 0.333333333 1234.567891235 123456789.987654321
  99999999999999999999999999999.999999999 -99999999999999999999999999999.999999999 1e28 5e18 -7.25`),
);

const NUMBER_TEXTS =
  words(`1 -1 +1 007 1.5 .5 5. 1e3 -1E-3 1e400 nan NaN inf -Infinity +inf 0x1F -0xff
  0x 9223372036854775807 9223372036854775808 -9223372036854775808 1_000 1,000 true TRUE yes t 1.0f
  99999999999999999999999999999.9999999994 99999999999999999999999999999.9999999995 0.0000000005 -0
  --1 1e 0b1 ١ 1e-400 123456789012345678901234567890 0.1e1 1.2.3 infinit -0x8000000000000000`);

const nullable = (type: string, literals: readonly string[]): readonly string[] => [
  NULL_OF(type),
  ...literals,
];

const bytes = words(
  `b'' b'a' b'\\x00' b'\\xff' b'\\xc3\\xa9' b'\\xc3' b'\\xe2\\x82' b'\\xf0\\x9f\\x98\\x80' b'\\xed\\xa0\\x80' b'abc\\xffd' b'\\xc0\\x80'`,
);

const array = (type: string, lists: readonly string[]): readonly string[] => [
  `CAST(NULL AS ARRAY<${type}>)`,
  ...lists.map((list) => `ARRAY<${type}>[${list}]`),
];

/** Pools whose values may also stand in a column. */
export const VALUE_POOLS: Readonly<Record<string, readonly string[]>> = {
  INT: nullable('INT64', INTS),
  SMALL: nullable('INT64', words('0 1 -1 2 3 -3 5 12 63 64 100 -100')),
  SHIFT: nullable(
    'INT64',
    words(`0 1 -1 3 -3 12 13 -25 400 -400 9999 -9999 100000 -3000000 3660000 9223372036854775807
    -9223372036854775807 2147483648 120000 -1000000000000 8000000000000000`),
  ),
  EPOCH: nullable(
    'INT64',
    words(`0 1 -1 -719162 -719163 2932896 2932897 253402300799 253402300800 -62135596800 -62135596801
    253402300799999 253402300800000 -62135596800000 -62135596800001 253402300799999999
    253402300800000000 -62135596800000000 -62135596800000001 9223372036854775807
    -9223372036854775807 1709251199`),
  ),
  FLOAT: nullable('FLOAT64', FLOATS),
  // Without what BigQuery leaves open (an average with infinities) and sums at the very end.
  FINITE: nullable(
    'FLOAT64',
    FLOATS.filter((text) => !/^CAST|e308$/.test(text)),
  ),
  // Without values whose squares are 0: a correlation of those alone is NaN (see the known limits).
  SQUARED: nullable(
    'FLOAT64',
    FLOATS.filter((text) => !/e-3/.test(text)),
  ),
  NUM: nullable('NUMERIC', NUMERICS),
  BOOL: nullable('BOOL', ['TRUE', 'FALSE']),
  TEXT: nullable('STRING', quote(TEXTS)),
  PART: nullable('STRING', quote(PARTS_OF_TEXT)),
  URL: nullable('STRING', quote(URLS)),
  JSONTEXT: nullable('STRING', quote(JSON_TEXTS)),
  JSON: nullable(
    'JSON',
    JSON_TEXTS.filter(isJson).map((text) => `JSON ${quote([text])[0]}`),
  ),
  BYTES: nullable('BYTES', bytes),
  DATE: nullable('DATE', typed('DATE', DATES)),
  TIME: nullable('TIME', typed('TIME', TIMES)),
  TS: nullable(
    'TIMESTAMP',
    typed(
      'TIMESTAMP',
      INSTANTS.map((text) => `${text}+00`),
    ),
  ),
  DATETIME: nullable('DATETIME', typed('DATETIME', CLOCKS)),
  DATETEXT: nullable('STRING', quote(DATE_TEXTS)),
  NUMTEXT: nullable('STRING', quote(NUMBER_TEXTS)),
  INTS: array('INT64', ['', '1', 'NULL', '3, NULL, 1, 3', '1, 2, 3, 4', '-5, 0, 5', '128512, 97']),
  TEXTS: array('STRING', ['', "''", 'NULL', "'b', NULL, 'ä', ''", "'a', 'a', 'B'", "'😀'"]),
  FLOATS: array('FLOAT64', [
    '',
    '0.5',
    "CAST('nan' AS FLOAT64), 1.0",
    '-0.0, 0.0',
    '1e308, 1e308',
    'NULL, -1.5, 2.5',
  ]),
  HEX: nullable('STRING', quote(words(`0 00 ff FF 0g abc c3a9 `).concat('', ' 00', '0x10'))),
  BASE: nullable(
    'STRING',
    quote(['', 'YQ==', 'YQ', 'YWJj', 'Y', '!!', 'YQ= =', 'MFRGG===', 'ME======', '+/8=', '-_8=']),
  ),
  IP: nullable(
    'STRING',
    quote([
      '',
      '1.2.3.4',
      '256.1.1.1',
      '01.2.3.4',
      '1.2.3',
      '::1',
      '2001:db8::ff00:42:8329',
      '::ffff:1.2.3.4',
      '1:2:3:4:5:6:7:8:9',
      'x',
      ' 1.2.3.4',
      '::',
      '1::2::3',
      '2001:DB8::1',
      'fe80::1%eth0',
      '1.2.3.4/8',
    ]),
  ),
  IPBYTES: nullable('BYTES', [
    "b''",
    "b'\\x01\\x02\\x03\\x04'",
    "b'\\xff\\xff\\xff\\xff'",
    "b'\\x00\\x00\\x00\\x00'",
    "b'\\x20\\x01\\x0d\\xb8\\x00\\x00\\x00\\x00\\x00\\x00\\xff\\x00\\x00\\x42\\x83\\x29'",
    "b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01'",
    "b'abc'",
  ]),
  CODE: nullable('INT64', words('0 65 233 128512 1114111 1114112 55296 57343 -1 65533')),
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !text.includes('\ufeff');
  } catch {
    return false;
  }
}

const DATE_PARTS = words(`DAY WEEK MONTH QUARTER YEAR`);
const CLOCK_PARTS = words('MICROSECOND MILLISECOND SECOND MINUTE HOUR');
const WEEKS = words(`WEEK(MONDAY) WEEK(TUESDAY) WEEK(WEDNESDAY) WEEK(THURSDAY) WEEK(FRIDAY)
  WEEK(SATURDAY) WEEK(SUNDAY) ISOWEEK ISOYEAR`);

/** Pools of what a query must state as a constant. */
export const CONSTANT_POOLS: Readonly<Record<string, readonly string[]>> = {
  DATEPART: DATE_PARTS,
  CLOCKPART: CLOCK_PARTS,
  TSPART: [...CLOCK_PARTS, 'DAY'],
  DTPART: [...CLOCK_PARTS, ...DATE_PARTS],
  DATETRUNC: [...DATE_PARTS, ...WEEKS],
  DTTRUNC: [...CLOCK_PARTS, ...DATE_PARTS, ...WEEKS],
  EXTRACTPART: [...DATE_PARTS, ...WEEKS, 'DAYOFWEEK', 'DAYOFYEAR'],
  ZONE: quote(
    words(`UTC America/New_York Europe/Berlin Asia/Kolkata Asia/Tokyo Australia/Lord_Howe
    America/Sao_Paulo Pacific/Apia +05:30 -08:00 +14 Europe/London Bad/Zone`),
  ),
  PATH: quote(
    words(
      `$ $.a $.b $.a.b $[0] $[1] $.b[2] $.a[1][1].b $.A $."a.b" $.b.c[1] $.n $[-1] $..a $.* a $. $[x]`,
    ).concat("$['a']", '$."a b"'),
  ),
  PATTERN: raw(
    words(`a b+ (a) (b|c) ^a a$ ^$ . (.) .* a* [a-c]+ [^a] (?i)ABC \\d+ \\w+ \\b \\s (?:a|b)c \\p{L} \\pN
    (?P<n>a)b (a)(b) (a)? (a)|b ( [ a{2} a{2,} x*? (?s). \\x61 \\Qa.b\\E (?=a) \\1 a++ [[:upper:]] é (?i)ß (?m)^b \\C
    utm_source=([^&#]*) ^https?://([^/?#]+) [?&]gclid=([^&]*) ^(?:https?:)?//(?:www\\.)?([^/]+) ([a-z]*) (a*)b? \\. $ (?i)é \\n [é-ü]
    (?U)a+ \\z \\A \\pL+ (|a)`),
  ),
  REPLACEMENT: raw(['', 'x', '\\1', '\\0', '[\\1-\\0]', '\\2', '$1', '\\\\', '&', 'é']),
  LIKE: [
    ...quote(['', '%', '_', 'a%', '%a', '%b%', 'a_c', '__', '%%', 'é', '%\n%', 'A%', '%😀%', '_a']),
    ...raw(['x\\%y\\_z', 'a\\\\b', 'a\\', '\\a', '%\\\\%', '\\%']),
  ],
  DATEFORMAT: quote(
    words(
      `%Y-%m-%d %y%j %e-%b-%G %A%a %B%h %U-%W-%V-%u-%w %D %F %x %C %Q %g %E4Y %J %% %k %t|%n %d/%m/%Y %s %E %Ez %q`,
    ),
  ),
  DTFORMAT: quote(
    words(
      `%H:%M:%S %I%p %l%P %T %R %r %c %X %E3S %E*S %E6S %f %s %k %Z %z %Ez %F|%T %c %Y%m%dT%H%M%S %E0S %E1S %E#S %Ey`,
    ),
  ),
  DATEPARSE: quote(
    words(
      `%Y-%m-%d %F %m/%d/%y %Y%m%d %b-%d-%Y %d.%m.%Y %Y %j %B %A %Y-%U-%w %e %D %y %C %Y-%j %G-%V-%u %E4Y`,
    ),
  ),
  DTPARSE: quote([
    '%Y-%m-%d %H:%M:%S',
    '%F %T',
    '%Y-%m-%dT%H:%M:%E*SZ',
    '%F %I:%M %p',
    '%s',
    '%Y-%m-%d %H:%M:%S%Ez',
    '%c',
    '%F %R',
    '%Y-%m-%d %H:%M:%E6S',
    '%F %T %Z',
    '%Y',
    '%F %T%z',
    '%F %k:%M',
    '%FT%TZ',
    '%Y-%m-%d %H:%M:%E*S',
  ]),
  PRINTF: quote(words(`%d %5d %-5d| %05d %+d %'d %x %X %o %i %,d %ld %%`)),
  PRINTF_FLOAT: quote(
    words(`%f %.2f %10.3f %-10.1f| %+.0f %e %E %g %G %.3g %'.2f %t %T %.15g %010.2f`),
  ),
  PRINTF_TEXT: quote(words(`%s %5s %-5s| %.2s %t %T %q %10.3s %c`)),
  PRINTF_ANY: quote(words('%t %T %s %p %P')),
  DIGITS: words('0 1 2 3 5 9 10 -1 -2 -5 15 20 300'),
  NFORM: words('NFC NFD NFKC NFKD'),
  FRACTION: words('0 0.1 0.25 0.5 0.9 1'),
};
