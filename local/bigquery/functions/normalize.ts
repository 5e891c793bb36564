import { each, scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';
import { TEXTS, textOnly } from './string';

/** Functions that bring texts to a common form. */
export const normalizeFunctions: readonly FunctionMapping[] = [
  scalar(
    'soundex',
    'SOUNDEX(s)',
    textOnly('SOUNDEX', (x) => `bq_soundex(${x})`),
    [
      each('SOUNDEX(x)', TEXTS),
      each(
        'SOUNDEX(x)',
        "['Robert', 'Rupert', 'Tymczak', 'Pfister', 'Honeyman', 'Ashcraft', ' A1b', '123']",
      ),
    ],
  ),
  scalar(
    'normalize',
    'NORMALIZE(s[, mode])',
    // Texts of ASCII are normal already, and most are.
    (call) =>
      bindOnce(
        [call.args[0] ?? ''],
        (text) =>
          `CASE WHEN strlen(${text}) = length(${text}) THEN ${text} ELSE bq_normalize(${text}, '${call.constants[1] ?? 'NFC'}') END`,
      ),
    [
      each('NORMALIZE(x)', TEXTS),
      ...['NFC', 'NFD', 'NFKC', 'NFKD'].map((mode) => `NORMALIZE('e\\u0301 ﬁ Å ①', ${mode})`),
    ],
  ),
  scalar(
    'normalize_and_casefold',
    'NORMALIZE_AND_CASEFOLD(s[, mode])',
    (call) => `bq_normalize_and_casefold(${call.args[0]}, '${call.constants[1] ?? 'NFC'}')`,
    [each('NORMALIZE_AND_CASEFOLD(x)', TEXTS), "NORMALIZE_AND_CASEFOLD('ﬁ Ⅷ', NFKC)"],
  ),
];
