import { UnsupportedError } from '../sql/errors';
import { aggregate, aggregateCases, aggregateSql, refuseModifiers } from './aggregate-sql';
import type { AggregateCall, AggregateMapping } from './mapping';

const INTS = '[3, NULL, 1, -7, 3]';
const TEXTS = "['b', NULL, 'ä', '', 'B', 'b']";

function limited(list: string, call: AggregateCall): string {
  return call.limit === undefined ? list : `(${list})[1:${call.limit}]`;
}

function arrayAgg(call: AggregateCall): string {
  refuseModifiers(call, 'ARRAY_AGG', ['orderBy', 'limit', 'nulls', 'distinct']);
  const filter = call.nulls === 'IGNORE' ? `${call.args[0]} IS NOT NULL` : '';
  return limited(aggregateSql(call, { function: 'list', args: call.args, filter }), call);
}

function stringAgg(call: AggregateCall): string {
  refuseModifiers(call, 'STRING_AGG', ['orderBy', 'limit', 'distinct']);
  const [x = '', delimiter = "','"] = call.args;
  if (call.argTypes[0]?.kind !== 'STRING') throw new UnsupportedError('STRING_AGG of BYTES');
  if (call.args.length > 1 && typeof call.constants[1] !== 'string') {
    throw new UnsupportedError('STRING_AGG with a delimiter that is not a constant text');
  }
  if (call.limit === undefined && !call.distinct) {
    return aggregateSql(call, { function: 'string_agg', args: [x, delimiter] });
  }
  const list = aggregateSql(call, { function: 'list', args: [x], filter: `${x} IS NOT NULL` });
  return `array_to_string(${limited(list, call)}, ${delimiter})`;
}

function arrayConcatAgg(call: AggregateCall): string {
  refuseModifiers(call, 'ARRAY_CONCAT_AGG', ['orderBy', 'limit']);
  const filter = `${call.args[0]} IS NOT NULL`;
  return `flatten(${limited(aggregateSql(call, { function: 'list', args: call.args, filter }), call)})`;
}

export const listAggregates: readonly AggregateMapping[] = [
  aggregate(
    'array_agg',
    'ARRAY_AGG([DISTINCT] x [IGNORE NULLS] [ORDER BY ...] [LIMIT n])',
    arrayAgg,
    [
      ...aggregateCases('ARRAY_AGG(i ORDER BY i)', INTS),
      ...aggregateCases('ARRAY_AGG(x IGNORE NULLS ORDER BY i DESC)', INTS),
      ...aggregateCases('ARRAY_AGG(x IGNORE NULLS ORDER BY x, i)', TEXTS),
      ...aggregateCases('ARRAY_AGG(x IGNORE NULLS ORDER BY i DESC LIMIT 2)', TEXTS),
      ...aggregateCases('ARRAY_AGG(x IGNORE NULLS ORDER BY i LIMIT 1)[OFFSET(0)]', '[4, 5, 6]'),
      ...aggregateCases('ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x)', TEXTS),
      ...aggregateCases('ARRAY_AGG(STRUCT(x AS a, i AS b) ORDER BY x NULLS LAST, i)', INTS),
      ...aggregateCases('ARRAY_AGG(IF(x > 0, x, NULL) IGNORE NULLS ORDER BY i)', '[-1, NULL]'),
      'ARRAY(SELECT AS STRUCT i, ARRAY_AGG(x IGNORE NULLS) OVER (ORDER BY i) AS v FROM UNNEST([4, 5, NULL, 6]) AS x WITH OFFSET AS i ORDER BY i)',
    ],
  ),
  aggregate('string_agg', "STRING_AGG([DISTINCT] x[, ','] [ORDER BY ...] [LIMIT n])", stringAgg, [
    ...aggregateCases('STRING_AGG(x ORDER BY i)', TEXTS),
    ...aggregateCases("STRING_AGG(x, ' > ' ORDER BY i DESC)", TEXTS),
    ...aggregateCases("STRING_AGG(x, '' ORDER BY x, i)", TEXTS),
    ...aggregateCases("STRING_AGG(x, '|' ORDER BY i LIMIT 2)", TEXTS),
    ...aggregateCases("STRING_AGG(DISTINCT x, '|' ORDER BY x)", TEXTS),
    ...aggregateCases("STRING_AGG(DISTINCT x, '|' ORDER BY x LIMIT 2)", TEXTS),
    ...aggregateCases("STRING_AGG(x, '|' ORDER BY i)", '[CAST(NULL AS STRING), NULL]'),
    "ARRAY(SELECT AS STRUCT i, STRING_AGG(x, '>') OVER (ORDER BY i) AS v FROM UNNEST(['a', NULL, 'b']) AS x WITH OFFSET AS i ORDER BY i)",
  ]),
  aggregate('array_concat_agg', 'ARRAY_CONCAT_AGG(x [ORDER BY ...] [LIMIT n])', arrayConcatAgg, [
    ...aggregateCases('ARRAY_CONCAT_AGG(IF(x IS NULL, NULL, [x, i]) ORDER BY i)', INTS),
    ...aggregateCases('ARRAY_CONCAT_AGG([i, i] ORDER BY i DESC LIMIT 2)', INTS),
    ...aggregateCases(
      'ARRAY_CONCAT_AGG(IF(x IS NULL, CAST(NULL AS ARRAY<INT64>), NULL) ORDER BY i)',
      INTS,
    ),
    ...aggregateCases('ARRAY_CONCAT_AGG(ARRAY<INT64>[] ORDER BY i)', INTS),
  ]),
];
