import { each, scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { TEXTS, textOnly } from './string';

const STRING = { kind: 'STRING' } as const;

/** Letters as numbers and back. */
export const letterFunctions: readonly FunctionMapping[] = [
  scalar(
    'ascii',
    'ASCII(s)',
    textOnly('ASCII', (x) =>
      bindOnce(
        [x],
        (v) =>
          `CASE WHEN ${v} = '' THEN 0 WHEN unicode(${v}) > 127 THEN ${raise('ASCII of a character beyond ASCII', { kind: 'INT64' })} ELSE CAST(unicode(${v}) AS BIGINT) END`,
      ),
    ),
    [each('ASCII(x)', "[NULL, '', 'a', 'Zoo']"), "ASCII('ä')"],
  ),
  scalar(
    'unicode',
    'UNICODE(s)',
    textOnly('UNICODE', (x) =>
      bindOnce([x], (v) => `CASE WHEN ${v} = '' THEN 0 ELSE CAST(unicode(${v}) AS BIGINT) END`),
    ),
    [each('UNICODE(x)', TEXTS)],
  ),
  scalar(
    'chr',
    'CHR(code)',
    (call) =>
      bindOnce(
        call.args,
        (n) =>
          `CASE WHEN ${n} < 0 OR ${n} > 1114111 OR ${n} BETWEEN 55296 AND 57343 THEN ${raise('CHR of an invalid code point', STRING)} ELSE chr(CAST(${n} AS INTEGER)) END`,
      ),
    [
      each('CHR(x)', '[NULL, 65, 228, 8364, 128512]'),
      'CHR(0)',
      'CHR(-1)',
      'CHR(55296)',
      'CHR(1114112)',
    ],
  ),
];
