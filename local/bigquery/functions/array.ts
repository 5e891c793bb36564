import { toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import type { GoogleSqlType } from '../sql/types';
import { each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

const LISTS = '[STRUCT([1, 2, 3] AS a), STRUCT([]), STRUCT(NULL), STRUCT([7])]';

/** A case over arrays: `expression` of x.a. */
function lists(expression: string, array = LISTS): string {
  return `ARRAY(SELECT AS STRUCT ${expression} AS v FROM UNNEST(${array}) AS x WITH OFFSET AS i ORDER BY i)`;
}

/** array[OFFSET(n)], array[ORDINAL(n)] and their SAFE_ forms, which answer NULL out of bounds. */
function element(base: 0 | 1, safe: boolean): (call: FunctionCall) => string {
  return (call) => {
    const shift = base === 0 ? ' + 1' : '';
    const known = call.constants[1];
    const valid = typeof known === 'bigint' && known >= BigInt(base);
    if (safe && valid) return `(${call.args[0]})[${call.args[1]}${shift}]`;
    return bindOnce(call.args, (list = '', n = '') => {
      const outside = `${n} < ${base} OR ${n} >= len(${list}) + ${base}`;
      const otherwise = safe ? 'NULL' : raise('Array index is out of bounds', call.type);
      return `CASE WHEN ${outside} THEN ${otherwise} ELSE (${list})[${n}${shift}] END`;
    });
  };
}

function concat(call: FunctionCall): string {
  return bindOnce(call.args, (...args) => {
    const nulls = args.map((list) => `${list} IS NULL`).join(' OR ');
    const joined = args.reduce((a, b) => `list_concat(${a}, ${b})`);
    return args.length === 1 ? joined : `CASE WHEN ${nulls} THEN NULL ELSE ${joined} END`;
  });
}

/** NULL elements are left out, or written as the third argument. */
function toText(call: FunctionCall): string {
  const [list = '', delimiter = '', nullText] = call.args;
  const type = call.argTypes[0];
  if (type?.kind !== 'ARRAY' || type.element.kind !== 'STRING') {
    throw new UnsupportedError('ARRAY_TO_STRING of anything but STRINGs');
  }
  const given = [delimiter, ...(nullText === undefined ? [] : [nullText])];
  return bindOnce([list, ...given], (items, separator, text) => {
    const texts =
      text === undefined
        ? `list_filter(${items}, lambda item: item IS NOT NULL)`
        : `list_transform(${items}, lambda item: coalesce(item, ${text}))`;
    const known = [separator, ...(text === undefined ? [] : [text])].map((x) => `${x} IS NOT NULL`);
    // DuckDB's array_to_string wants a constant.
    const joined =
      typeof call.constants[1] === 'string'
        ? `array_to_string(${texts}, ${separator})`
        : `CASE WHEN len(${texts}) = 0 THEN '' ELSE list_reduce(${texts}, lambda joined, next: joined || ${separator} || next) END`;
    return `CASE WHEN ${known.join(' AND ')} THEN ${joined} END`;
  });
}

/** BigQuery makes no longer ones. */
const LONGEST_SERIES = 1_048_575;

function series(call: FunctionCall): string {
  const [from = '', to = '', step = 'CAST(1 AS BIGINT)'] = call.args;
  const element: GoogleSqlType = call.type.kind === 'ARRAY' ? call.type.element : call.type;
  if (element.kind !== 'INT64') throw new UnsupportedError(`GENERATE_ARRAY of ${element.kind}`);
  return bindOnce(
    [from, to, step],
    (a = '', b = '', s = '') =>
      `CASE WHEN ${a} IS NULL OR ${b} IS NULL OR ${s} IS NULL THEN NULL WHEN ${s} = 0 THEN ${raise('GENERATE_ARRAY needs a step that is not zero', call.type)} WHEN (CAST(${b} AS HUGEINT) - ${a}) // ${s} >= ${LONGEST_SERIES} THEN ${raise(`GENERATE_ARRAY makes more than ${LONGEST_SERIES} elements; join two shorter arrays`, call.type)} ELSE generate_series(${a}, ${b}, ${s}) END`,
  );
}

/** Both ends belong to the slice; negative ones count from the array's end. */
function slice(call: FunctionCall): string {
  return bindOnce(call.args, (list = '', first = '', last = '') => {
    const from = `CASE WHEN ${first} < 0 THEN greatest(${first} + len(${list}), 0) ELSE ${first} END + 1`;
    const to = `CASE WHEN ${last} < 0 THEN ${last} + len(${list}) ELSE ${last} END + 1`;
    return `CASE WHEN ${list} IS NULL OR ${first} IS NULL OR ${last} IS NULL THEN NULL WHEN ${to} < 1 THEN (${list})[1:0] ELSE (${list})[${from}:${to}] END`;
  });
}

function ends(end: 'first' | 'last'): (call: FunctionCall) => string {
  return (call) =>
    bindOnce(
      [call.args[0] ?? ''],
      (list = '') =>
        `CASE WHEN len(${list}) = 0 THEN ${raise(`ARRAY_${end.toUpperCase()} of an empty array`, call.type)} ELSE (${list})[${end === 'first' ? '1' : '-1'}] END`,
    );
}

/** As elements of a DuckDB list all have one type, the list is cast as a whole. */
function makeArray(call: FunctionCall): string {
  if (call.args.length === 0) return `CAST([] AS ${toDuckType(call.type)})`;
  return `CAST([${call.args.join(', ')}] AS ${toDuckType(call.type)})`;
}

const indexCases = (name: string): readonly string[] => [
  lists(`x.a[${name}(1)]`, '[STRUCT([1, 2, 3] AS a), STRUCT(NULL), STRUCT([7, 8])]'),
  lists(`x.a[${name}(5)]`),
  lists(`x.a[${name}(-1)]`),
  lists(`x.a[${name}(0)]`),
  lists(`x.a[${name}(3)]`),
  lists(`x.a[${name}(CAST(NULL AS INT64))]`),
  `SPLIT('a-long-text-to-split-into-parts-and-bind-once', '-')[${name}(2)]`,
  `[STRUCT(1 AS a), STRUCT(2)][${name}(1)].a`,
];

export const arrayFunctions: readonly FunctionMapping[] = [
  scalar('$make_array', '[a, b, ...]', makeArray, [
    '[1, 2, 3]',
    'ARRAY<INT64>[]',
    "['a', '']",
    '[STRUCT(1 AS a, 2 AS b), (3, 4)]',
    '[1, 2.5]',
    'ARRAY_LENGTH([1, NULL])',
    each('[x, x + 1]', '[1, 2]'),
    'ARRAY<NUMERIC>[1, 2.5]',
  ]),
  scalar('$array_at_offset', 'array[OFFSET(n)]', element(0, false), indexCases('OFFSET')),
  scalar(
    '$safe_array_at_offset',
    'array[SAFE_OFFSET(n)]',
    element(0, true),
    indexCases('SAFE_OFFSET'),
  ),
  scalar('$array_at_ordinal', 'array[ORDINAL(n)]', element(1, false), indexCases('ORDINAL')),
  scalar(
    '$safe_array_at_ordinal',
    'array[SAFE_ORDINAL(n)]',
    element(1, true),
    indexCases('SAFE_ORDINAL'),
  ),
  scalar(
    'array_length',
    'ARRAY_LENGTH(array)',
    fixed((x) => `len(${x})`),
    [lists('ARRAY_LENGTH(x.a)'), 'ARRAY_LENGTH([1, NULL, 3])', "ARRAY_LENGTH(SPLIT('', ','))"],
  ),
  scalar('array_concat', 'ARRAY_CONCAT(a, b, ...)', concat, [
    lists('ARRAY_CONCAT(x.a, [9])'),
    lists('ARRAY_CONCAT(x.a, [9]) IS NULL'),
    'ARRAY_CONCAT([1])',
    'ARRAY_CONCAT([1], [2], ARRAY<INT64>[], [3])',
  ]),
  scalar(
    'array_reverse',
    'ARRAY_REVERSE(array)',
    fixed((x) => `list_reverse(${x})`),
    [lists('ARRAY_REVERSE(x.a)'), lists('ARRAY_REVERSE(x.a) IS NULL')],
  ),
  scalar('array_to_string', 'ARRAY_TO_STRING(array, delimiter[, null_text])', toText, [
    "ARRAY_TO_STRING(['a', NULL, '', 'b'], '-')",
    "ARRAY_TO_STRING(['a', NULL, '', 'b'], '-', '?')",
    "ARRAY_TO_STRING(ARRAY<STRING>[], '-')",
    "ARRAY_TO_STRING(CAST(NULL AS ARRAY<STRING>), '-')",
    "ARRAY_TO_STRING([CAST(NULL AS STRING)], '-')",
    "ARRAY_TO_STRING(['a'], NULL)",
    "ARRAY_TO_STRING(['a', NULL], '-', NULL)",
    "ARRAY_TO_STRING(SPLIT('c,b,a'), '>')",
    ...[
      "['a', NULL, 'b']",
      '[CAST(NULL AS STRING)]',
      'ARRAY<STRING>[]',
      'CAST(NULL AS ARRAY<STRING>)',
    ].map((list) => each(`ARRAY_TO_STRING(${list}, x)`, "[NULL, '', '-']")),
  ]),
  scalar('generate_array', 'GENERATE_ARRAY(start, end[, step])', series, [
    'GENERATE_ARRAY(1, 5)',
    'GENERATE_ARRAY(0, 10, 3)',
    'GENERATE_ARRAY(5, 1)',
    'GENERATE_ARRAY(5, 1, -2)',
    'GENERATE_ARRAY(1, 5, 0)',
    'GENERATE_ARRAY(1, NULL) IS NULL',
    'GENERATE_ARRAY(NULL, 1) IS NULL',
    each('GENERATE_ARRAY(x, 3)', '[1, 3, 4]'),
  ]),
  scalar('array_slice', 'ARRAY_SLICE(array, first, last)', slice, [
    ...[
      '1, 3',
      '-3, -2',
      '3, 1',
      '-10, 10',
      '5, 9',
      '-10, -9',
      '0, 0',
      '-1, -1',
      '0, -1',
      'NULL, 1',
      '1, NULL',
    ].map((bounds) =>
      lists(
        `ARRAY_SLICE(x.a, ${bounds})`,
        '[STRUCT([1, 2, 3, 4, 5] AS a), STRUCT([]), STRUCT(NULL)]',
      ),
    ),
    'ARRAY_SLICE([1, 2], NULL, 1) IS NULL',
    "ARRAY_TO_STRING(ARRAY_SLICE(SPLIT('a/b/c', '/'), 1, -1), '>')",
  ]),
  scalar('array_first', 'ARRAY_FIRST(array)', ends('first'), [
    lists('ARRAY_FIRST(x.a)', '[STRUCT([1, 2, 3] AS a), STRUCT(NULL), STRUCT([7])]'),
    'ARRAY_FIRST(ARRAY<INT64>[])',
    'ARRAY_FIRST([NULL, 1])',
  ]),
  scalar('array_last', 'ARRAY_LAST(array)', ends('last'), [
    lists('ARRAY_LAST(x.a)', '[STRUCT([1, 2, 3] AS a), STRUCT(NULL), STRUCT([7])]'),
    'ARRAY_LAST(ARRAY<INT64>[])',
    'ARRAY_LAST([1, NULL])',
  ]),
];
