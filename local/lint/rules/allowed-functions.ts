import { aggregateFunctions, scalarFunctions } from '../../bigquery/functions';
import { printFunctionName, resolvedName } from '../../bigquery/sql/compile/function-name';
import { nearestPlace, walk } from '../analysis/walk';
import type { Rule } from '../rule';

/** Operators and constructors that are no functions of the list, but compiled by themselves. */
export const allowedFunctions: Rule = {
  name: 'allowed-functions',
  about:
    'Only functions that are proven on both engines (`npx tributary prove functions` lists them).',
  bad: 'SOUNDEX(name)',
  good: 'LOWER(name)',
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
      if (list.has(name) || COMPILED.has(name)) return;
      const place = nearestPlace(node, around);
      report(
        place ? offsetOf(place) : start,
        `${printFunctionName(name)} is not in the allow-list; write it with functions that are, or prove it in local/bigquery/functions`,
      );
    });
  },
};

const COMPILED = new Set<string>([]);
