import { each, fixed, scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { TEXTS } from './string';

const fold = (x: string): string => `bq_normalize_and_casefold(${x}, 'NFKC')`;

/** The documented meaning of CONTAINS_SUBSTR over texts, for the reference engine that lacks it. */
function inOtherWords(expression: string): string {
  return expression.replace(
    /CONTAINS_SUBSTR\((\w+|'(?:[^'\\]|\\.)*'|CAST\(NULL AS STRING\)), (\w+|'(?:[^'\\]|\\.)*'|CAST\(NULL AS STRING\))\)/,
    'STRPOS(NORMALIZE_AND_CASEFOLD($1, NFKC), NORMALIZE_AND_CASEFOLD($2, NFKC)) > 0',
  );
}

export const searchFunctions: readonly FunctionMapping[] = [
  {
    ...scalar(
      'contains_substr',
      'CONTAINS_SUBSTR(s, part)',
      fixed((x = '', part = '') => `contains(${fold(x)}, ${fold(part)})`),
      [
        each("CONTAINS_SUBSTR(x, 'HELLO')", TEXTS),
        each("CONTAINS_SUBSTR(x, 'STRASSE')", TEXTS),
        each("CONTAINS_SUBSTR(x, 'É')", TEXTS),
        each("CONTAINS_SUBSTR(x, '')", TEXTS),
      ],
    ),
    forReference: inOtherWords,
  },
];
