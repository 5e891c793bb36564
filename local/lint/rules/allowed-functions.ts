import { aggregateFunctions, scalarFunctions } from '../../bigquery/functions';
import { printFunctionName, resolvedName } from '../../bigquery/sql/compile/function-name';
import { nearestPlace, walk } from '../analysis/walk';
import type { Rule } from '../rule';
import { ESTIMATES } from './approximate';
import { findCalls } from './calls';
import { CATCHES } from './iferror';
import { MAKES_INTERVAL } from './interval-operators';
import { KEYWORDS } from './keywords';
import { ML_CALL } from './ml';
import { CHANGES } from './nondeterministic';

/** Functions that have a rule of their own, which says what to write instead of them. */
const OTHER_RULES = [ESTIMATES, CATCHES, MAKES_INTERVAL, ML_CALL, CHANGES];

export const allowedFunctions: Rule = {
  name: 'allowed-functions',
  about: 'Only functions that are proven on both engines (local/bigquery/functions lists them).',
  bad: "KEYS.NEW_KEYSET('AEAD_AES_GCM_256')",
  good: 'TO_HEX(SHA256(email))',
  statement({ resolved, start, offsetOf }, report) {
    walk(resolved, (node, around) => {
      const isScalar = node.node === 'FunctionCall';
      if (
        !isScalar &&
        node.node !== 'AggregateFunctionCall' &&
        node.node !== 'AnalyticFunctionCall'
      )
        return;
      const name = resolvedName(node as never);
      const list: ReadonlyMap<string, unknown> = isScalar ? scalarFunctions : aggregateFunctions;
      if (list.has(name) || hasOtherRule(name.toUpperCase())) return;
      const place = nearestPlace(node, around);
      report(place ? offsetOf(place) : start, message(name));
    });
  },
  /** The analyzer stops at the first mistake; here all are named, as far as they are written. */
  unresolved(sql, report) {
    for (const { name, offset, first } of findCalls(sql)) {
      const plain = name.replace(/^SAFE\./, '');
      const before = sql.tokens[first - 1]?.upper ?? '';
      if (BEFORE_NAMES.has(before) || isKnown(plain) || hasOtherRule(plain)) continue;
      report(offset, message(plain.toLowerCase()));
    }
  },
};

function message(name: string): string {
  const mend =
    name === 'search' ? 'REGEXP_CONTAINS or CONTAINS_SUBSTR' : 'it with functions that it knows';
  return `the local BigQuery does not know ${printFunctionName(name)}, so no test can run it; write ${mend}`;
}

function hasOtherRule(name: string): boolean {
  return OTHER_RULES.some((pattern) => pattern.test(name));
}

/** Words before a name in front of a bracket that is no function's. */
const BEFORE_NAMES = new Set(
  'INTO INSERT TABLE EXISTS UPDATE MERGE FUNCTION PROCEDURE CALL'.split(' '),
);

/** Words in front of a bracket that are neither functions nor reserved. */
const CONSTRUCTS = new Set(
  (
    'SAFE_CAST USING VALUES OPTIONS PIVOT UNPIVOT SYSTEM RETURN REPLACE KEY ' +
    'STRING BYTES NUMERIC BIGNUMERIC DECIMAL BIGDECIMAL'
  ).split(' '),
);

let spellings: ReadonlySet<string> | undefined;

function isKnown(name: string): boolean {
  spellings ??= provenSpellings();
  return KEYWORDS.has(name) || CONSTRUCTS.has(name) || spellings.has(name);
}

/** Functions as they are written, aliases too: by their names, and as the cases call them. */
function provenSpellings(): ReadonlySet<string> {
  const entries = [...scalarFunctions.values(), ...aggregateFunctions.values()];
  const called = entries
    .flatMap(({ signature, cases }) => [signature, ...cases])
    .flatMap((text) => [...text.matchAll(/([A-Za-z_][\w.]*)\s*\(/g)].map(([, name]) => name ?? ''));
  return new Set([...entries.map(({ name }) => name), ...called].map((it) => it.toUpperCase()));
}
