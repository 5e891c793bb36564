import { each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { TEXTS } from './string';

const BYTES = "[NULL, b'', b'abc', b'\\x00\\xff']";

const cases = (name: string): readonly string[] => [
  each(`${name}(x)`, TEXTS),
  each(`${name}(x)`, BYTES),
];

/** A hash as a number: 15 digits are one for certain, of 16 the first may be too much. */
const numbers = (name: string): readonly string[] => [
  ...['CAST', 'SAFE_CAST'].map((cast) => each(numberOf(cast, name, 15), TEXTS)),
  each(numberOf('SAFE_CAST', name, 16), TEXTS),
];

const numberOf = (cast: string, name: string, digits: number): string =>
  `${cast}(CONCAT('0x', SUBSTR(TO_HEX(${name}(x)), 1, ${digits})) AS INT64)`;

/** DuckDB's hashes are hexadecimal text. */
const hash = (name: string): FunctionMapping =>
  scalar(
    name,
    `${name.toUpperCase()}(s)`,
    fixed((x) => `unhex(${name}(${x}))`),
    [...cases(name.toUpperCase()), ...numbers(name.toUpperCase())],
  );

function fingerprint(call: FunctionCall): string {
  // As bytes a text reaches JavaScript without being decoded, and the hash without being encoded.
  const isBytes = call.argTypes[0]?.kind === 'BYTES';
  return `bq_farm_fingerprint(${isBytes ? call.args[0] : `encode(${call.args[0]})`})`;
}

export const hashFunctions: readonly FunctionMapping[] = [
  hash('md5'),
  hash('sha1'),
  hash('sha256'),
  scalar(
    'sha512',
    'SHA512(s)',
    (call) =>
      `unhex(bq_sha512(${call.argTypes[0]?.kind === 'BYTES' ? call.args[0] : `encode(${call.args[0]})`}))`,
    cases('SHA512'),
  ),
  scalar('farm_fingerprint', 'FARM_FINGERPRINT(s)', fingerprint, [
    ...cases('FARM_FINGERPRINT'),
    "FARM_FINGERPRINT(REPEAT('a long text beyond sixty four bytes ', 5))",
    // Whole blocks of 64 bytes, and all lengths around them.
    "FARM_FINGERPRINT(REPEAT('12345678', 128))",
    "(SELECT STRING_AGG(CAST(FARM_FINGERPRINT(REPEAT('é', n)) AS STRING), ' ' ORDER BY n) FROM UNNEST(GENERATE_ARRAY(0, 260)) AS n)",
  ]),
];
