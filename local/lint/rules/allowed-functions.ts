import { aggregateFunctions, scalarFunctions } from '../../bigquery/functions';
import { printFunctionName, resolvedName } from '../../bigquery/sql/compile/function-name';
import { nearestPlace, walk } from '../analysis/walk';
import type { Rule } from '../rule';

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
      if (list.has(name)) return;
      const place = nearestPlace(node, around);
      report(
        place ? offsetOf(place) : start,
        `${printFunctionName(name)} is not in the allow-list; write it with functions that are, or prove it in local/bigquery/functions`,
      );
    });
  },
};
