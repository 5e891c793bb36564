import { UnsupportedError } from '../sql/errors';
import { each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { TEXTS } from './string';

const BYTES = "[NULL, b'', b'abc', b'\\x00\\xff', b'\\xc3\\xa9']";

/** TO_HEX(MD5(x)) is so common that it skips the way through bytes. */
function toHex(call: FunctionCall): string {
  const x = call.args[0] ?? '';
  const inner = /^unhex\(((?:md5|sha1|sha256|bq_sha512)\(.*\))\)$/s.exec(x)?.[1];
  return inner !== undefined && closesAtEnd(inner) ? inner : `lower(hex(${x}))`;
}

/** True where the call that begins the text is the whole text. */
function closesAtEnd(sql: string): boolean {
  const bare = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) => '_'.repeat(quoted.length));
  let depth = 0;
  for (let index = 0; index < bare.length; index += 1) {
    if (bare[index] === '(') depth += 1;
    if (bare[index] === ')') depth -= 1;
    if (depth === 0 && bare[index] === ')') return index === bare.length - 1;
  }
  return false;
}

function fromHex(x: string): string {
  return bindOnce(
    [x],
    (v) => `unhex(CASE WHEN length(${v}) % 2 = 1 THEN '0' || ${v} ELSE ${v} END)`,
  );
}

/** White space does not count; the padding may be left out, but not half of it. */
function fromBase64(x: string): string {
  return bindOnce([`regexp_replace(${x}, '\\s', '', 'g')`], (text) => {
    const padding = `repeat('=', CAST((4 - length(${text}) % 4) % 4 AS INTEGER))`;
    return `from_base64(CASE WHEN contains(${text}, '=') THEN ${text} ELSE ${text} || ${padding} END)`;
  });
}

function codePoints(call: FunctionCall): string {
  if (call.argTypes[0]?.kind !== 'STRING') throw new UnsupportedError('TO_CODE_POINTS of BYTES');
  return bindOnce(
    call.args,
    (x) =>
      `CASE WHEN ${x} = '' THEN [] ELSE list_transform(string_split(${x}, ''), lambda letter: CAST(unicode(letter) AS BIGINT)) END`,
  );
}

function fromCodePoints(call: FunctionCall): string {
  const wrong = raise('CODE_POINTS_TO_STRING of an invalid code point', { kind: 'STRING' });
  return bindOnce(
    [call.args[0] ?? ''],
    (codes) =>
      `CASE WHEN len(${codes}) = list_count(${codes}) THEN array_to_string(list_transform(${codes}, lambda code: CASE WHEN code BETWEEN 0 AND 55295 OR code BETWEEN 57344 AND 1114111 THEN chr(CAST(code AS INTEGER)) WHEN code IS NOT NULL THEN ${wrong} END), '') END`,
  );
}

export const encodingFunctions: readonly FunctionMapping[] = [
  scalar('to_hex', 'TO_HEX(bytes)', toHex, [
    each('TO_HEX(x)', BYTES),
    each('TO_HEX(MD5(x))', TEXTS),
    each("TO_HEX(SHA256(CONCAT(x, ')', '\\'(')))", TEXTS),
    each('TO_HEX(SHA512(x))', TEXTS),
  ]),
  scalar(
    'from_hex',
    'FROM_HEX(s)',
    fixed((x) => fromHex(x ?? '')),
    [each('FROM_HEX(x)', "[NULL, '', '00fF', 'abc']"), "FROM_HEX('zz')"],
  ),
  scalar(
    'to_base64',
    'TO_BASE64(bytes)',
    fixed((x) => `to_base64(${x})`),
    [each('TO_BASE64(x)', BYTES)],
  ),
  scalar(
    'from_base64',
    'FROM_BASE64(s)',
    fixed((x) => fromBase64(x ?? '')),
    [
      each(
        'FROM_BASE64(x)',
        "[NULL, '', 'YQ==', 'AP8=', 'w6k=', 'YQ', 'YWI', 'YQ= =', 'YW Jj', ' YWJj\\n', 'YQ=']",
      ),
      ...["'!'", "'Y'", "'-_8='", "'=YQ='", "'YQ==YQ=='", "'YWJjZ'", "'é'"].map(
        (text) => `FROM_BASE64(${text})`,
      ),
    ],
  ),
  scalar('to_code_points', 'TO_CODE_POINTS(s)', codePoints, [each('TO_CODE_POINTS(x)', TEXTS)]),
  scalar('code_points_to_string', 'CODE_POINTS_TO_STRING(codes)', fromCodePoints, [
    'CODE_POINTS_TO_STRING([65, 228, 128512])',
    'CODE_POINTS_TO_STRING([-1])',
    'CODE_POINTS_TO_STRING([55296])',
    'CODE_POINTS_TO_STRING(CAST(NULL AS ARRAY<INT64>))',
    'CODE_POINTS_TO_STRING([])',
    'CODE_POINTS_TO_STRING([65, NULL])',
    'CODE_POINTS_TO_STRING([NULL, -1])',
  ]),
  scalar(
    'safe_convert_bytes_to_string',
    'SAFE_CONVERT_BYTES_TO_STRING(bytes)',
    // DuckDB's own replacement is '?'; only invalid bytes take the way through JavaScript.
    fixed((x) => `coalesce(TRY(decode(${x})), bq_decode_utf8(${x}))`),
    [
      each('SAFE_CONVERT_BYTES_TO_STRING(x)', "[NULL, b'', b'abc', b'\\xc3\\xa9']"),
      each(
        'SAFE_CONVERT_BYTES_TO_STRING(x)',
        "[b'\\xff', b'a\\xffb', b'\\xe2\\x82', b'\\xf0\\x9f\\x98', b'\\xc3\\x28', b'\\xe0\\xa4%A', b'\\xc0\\xaf', b'\\xed\\xa0\\x80']",
      ),
    ],
  ),
];
