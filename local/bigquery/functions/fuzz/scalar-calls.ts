/**
 * Calls for the fuzzer, by the name of the allow-list: {TEXT} is drawn from the pool of that name.
 * A test holds the list complete.
 */
type Calls = Readonly<Record<string, readonly string[]>>;

const ORDERED = ['INT', 'FLOAT', 'NUM', 'TEXT', 'BYTES', 'BOOL', 'DATE', 'TS', 'DATETIME', 'TIME'];
const SHORT_ORDERED = ['INT', 'FLOAT', 'TEXT', 'TS'];

const over = (pools: readonly string[], template: string): readonly string[] =>
  pools.map((pool) => template.replaceAll('{X}', `{${pool}}`));

const comparisons = Object.fromEntries(
  Object.entries({
    $equal: '=',
    $not_equal: '<>',
    $less: '<',
    $less_or_equal: '<=',
    $greater: '>',
    $greater_or_equal: '>=',
    $is_distinct_from: 'IS DISTINCT FROM',
    $is_not_distinct_from: 'IS NOT DISTINCT FROM',
  }).map(([name, operator]) => [
    name,
    [
      ...over(ORDERED, `{X} ${operator} {X}`),
      `{INT} ${operator} {FLOAT}`,
      `{NUM} ${operator} {INT}`,
    ],
  ]),
);

const unary = (names: string, pools: readonly string[]): Calls =>
  Object.fromEntries(
    names.split(' ').map((name) => [name, over(pools, `${name.toUpperCase()}({X})`)]),
  );

export const SCALAR_CALLS: Calls = {
  ...comparisons,
  $between: over(ORDERED, '{X} BETWEEN {X} AND {X}'),
  $in: over(SHORT_ORDERED, '{X} IN ({X}, {X}, {X})'),
  $in_array: [
    '{INT} IN UNNEST({INTS})',
    '{PART} IN UNNEST({TEXTS})',
    '{FLOAT} IN UNNEST({FLOATS})',
  ],
  $is_null: over(ORDERED, '{X} IS NULL'),
  greatest: over(ORDERED, 'GREATEST({X}, {X}, {X})'),
  least: over(ORDERED, 'LEAST({X}, {X}, {X})'),
  $and: ['{BOOL} AND {BOOL}'],
  $or: ['{BOOL} OR {BOOL}'],
  $not: ['NOT {BOOL}'],
  $is_true: ['{BOOL} IS TRUE', '{BOOL} IS NOT TRUE'],
  $is_false: ['{BOOL} IS FALSE', '{BOOL} IS NOT FALSE'],
  if: ['IF({BOOL}, {INT}, {INT})', 'IF({INT} > 0, 1 / {INT}, {FLOAT})'],
  ifnull: over(SHORT_ORDERED, 'IFNULL({X}, {X})'),
  coalesce: over(SHORT_ORDERED, 'COALESCE({X}, {X}, {X})'),
  nullif: over(ORDERED, 'NULLIF({X}, {X})'),
  $case_no_value: over(SHORT_ORDERED, 'CASE WHEN {X} > {X} THEN {X} WHEN {BOOL} THEN {X} END'),
  $case_with_value: over(SHORT_ORDERED, 'CASE {X} WHEN {X} THEN 1 WHEN {X} THEN 2 ELSE 3 END'),
  error: ["IF({BOOL}, ERROR('x'), 1)"],
  $add: [
    ...over(['INT', 'FLOAT', 'NUM'], '{X} + {X}'),
    '{DATE} + {SHIFT}',
    '{INT} + {NUM}',
    '{INT} + {FLOAT}',
  ],
  $subtract: [...over(['INT', 'FLOAT', 'NUM'], '{X} - {X}'), '{DATE} - {SHIFT}'],
  $multiply: [...over(['INT', 'FLOAT', 'NUM'], '{X} * {X}'), '{INT} * {NUM}', '{INT} * {FLOAT}'],
  $divide: [...over(['INT', 'FLOAT', 'NUM'], '{X} / {X}'), '{INT} / {NUM}'],
  $unary_minus: over(['INT', 'FLOAT', 'NUM'], '- {X}'),
  div: over(['INT', 'NUM'], 'DIV({X}, {X})'),
  mod: over(['INT', 'NUM'], 'MOD({X}, {X})'),
  safe_divide: over(['INT', 'FLOAT', 'NUM'], 'SAFE_DIVIDE({X}, {X})'),
  ieee_divide: over(['INT', 'FLOAT'], 'IEEE_DIVIDE({X}, {X})'),
  safe_add: over(['INT', 'FLOAT', 'NUM'], 'SAFE_ADD({X}, {X})'),
  safe_subtract: over(['INT', 'FLOAT', 'NUM'], 'SAFE_SUBTRACT({X}, {X})'),
  safe_multiply: over(['INT', 'FLOAT', 'NUM'], 'SAFE_MULTIPLY({X}, {X})'),
  safe_negate: over(['INT', 'FLOAT', 'NUM'], 'SAFE_NEGATE({X})'),
  ...unary('abs sign ceil ceiling floor', ['INT', 'FLOAT', 'NUM']),
  ...unary('sqrt exp ln log10 is_nan is_inf cbrt acos asin sinh cosh sin cos tan atan tanh asinh', [
    'FLOAT',
  ]),
  ...unary('acosh atanh sec csc cot sech csch coth', ['FLOAT']),
  pow: [
    'POW({FLOAT}, {FLOAT})',
    'POW({FLOAT}, {SMALL})',
    'POW({SMALL}, {SMALL})',
    'POW({NUM}, {SMALL})',
  ],
  power: ['POWER({FLOAT}, {SMALL})'],
  log: ['LOG({FLOAT})', 'LOG({FLOAT}, {FLOAT})', 'LOG({SMALL}, {SMALL})'],
  atan2: ['ATAN2({FLOAT}, {FLOAT})'],
  range_bucket: ['RANGE_BUCKET({SMALL}, {INTS})', 'RANGE_BUCKET({FLOAT}, {FLOATS})'],
  round: [
    'ROUND({FLOAT})',
    'ROUND({NUM})',
    'ROUND({INT})',
    'ROUND({FLOAT}, {DIGITS})',
    'ROUND({NUM}, {DIGITS})',
    'ROUND({INT}, {DIGITS})',
  ],
  trunc: ['TRUNC({FLOAT})', 'TRUNC({NUM})', 'TRUNC({FLOAT}, {DIGITS})', 'TRUNC({NUM}, {DIGITS})'],
  concat: ['CONCAT({TEXT}, {PART}, {TEXT})', 'CONCAT({BYTES}, {BYTES})'],
  $concat_op: ['{TEXT} || {PART}', '{BYTES} || {BYTES}', '{INTS} || {INTS}'],
  ...unary(
    'lower upper length char_length character_length byte_length octet_length reverse ascii unicode soundex md5 sha1 sha256 sha512 farm_fingerprint to_code_points',
    ['TEXT', 'URL'],
  ),
  ...unary('to_hex to_base64 safe_convert_bytes_to_string', ['BYTES']),
  length: ['LENGTH({TEXT})', 'LENGTH({BYTES})'],
  lower: ['LOWER({TEXT})', 'LOWER({BYTES})'],
  upper: ['UPPER({TEXT})', 'UPPER({BYTES})'],
  reverse: ['REVERSE({TEXT})', 'REVERSE({BYTES})'],
  initcap: ['INITCAP({TEXT})', 'INITCAP({TEXT}, {PART})'],
  ...Object.fromEntries(
    ['trim', 'ltrim', 'rtrim'].map((name) => {
      const call = name.toUpperCase();
      return [
        name,
        [
          `${call}({TEXT})`,
          `${call}({TEXT}, {PART})`,
          `${call}({TEXT}, {TEXT})`,
          `${call}({BYTES}, {BYTES})`,
        ],
      ];
    }),
  ),
  lpad: ['LPAD({TEXT}, {SMALL})', 'LPAD({TEXT}, {SMALL}, {PART})'],
  rpad: ['RPAD({TEXT}, {SMALL})', 'RPAD({TEXT}, {SMALL}, {PART})'],
  repeat: ['REPEAT({PART}, {SMALL})'],
  replace: ['REPLACE({TEXT}, {PART}, {PART})', 'REPLACE({TEXT}, {TEXT}, {PART})'],
  translate: ['TRANSLATE({TEXT}, {PART}, {PART})', 'TRANSLATE({TEXT}, {TEXT}, {PART})'],
  starts_with: ['STARTS_WITH({TEXT}, {PART})', 'STARTS_WITH({BYTES}, {BYTES})'],
  ends_with: ['ENDS_WITH({TEXT}, {PART})', 'ENDS_WITH({BYTES}, {BYTES})'],
  chr: ['CHR({CODE})'],
  normalize: ['NORMALIZE({TEXT})', 'NORMALIZE({TEXT}, {NFORM})'],
  normalize_and_casefold: [
    'NORMALIZE_AND_CASEFOLD({TEXT})',
    'NORMALIZE_AND_CASEFOLD({TEXT}, {NFORM})',
  ],
  substr: [
    'SUBSTR({TEXT}, {SMALL})',
    'SUBSTR({TEXT}, {SMALL}, {SMALL})',
    'SUBSTR({TEXT}, {INT}, {INT})',
    'SUBSTR({BYTES}, {SMALL}, {SMALL})',
  ],
  substring: ['SUBSTRING({TEXT}, {SMALL}, {SMALL})'],
  left: ['LEFT({TEXT}, {SMALL})', 'LEFT({BYTES}, {SMALL})'],
  right: ['RIGHT({TEXT}, {SMALL})', 'RIGHT({BYTES}, {SMALL})'],
  strpos: ['STRPOS({TEXT}, {PART})', 'STRPOS({BYTES}, {BYTES})'],
  instr: [
    'INSTR({TEXT}, {PART})',
    'INSTR({TEXT}, {PART}, {SMALL})',
    'INSTR({TEXT}, {PART}, {SMALL}, {SMALL})',
  ],
  split: ['SPLIT({TEXT})', 'SPLIT({TEXT}, {PART})', 'SPLIT({BYTES}, {BYTES})'],
  $like: ['{TEXT} LIKE {LIKE}', '{TEXT} NOT LIKE {LIKE}', '{TEXT} LIKE {PART}'],
  $like_any: ['{TEXT} LIKE ANY ({LIKE}, {LIKE})', '{TEXT} LIKE ANY ({LIKE}, NULL)'],
  $like_all: ['{TEXT} LIKE ALL ({LIKE}, {LIKE})', '{TEXT} LIKE ALL ({LIKE}, NULL)'],
  $make_array: ['[{INT}, {INT}]', '[{FLOAT}, {INT}]', '[{TEXT}, {TEXT}]'],
  $array_at_offset: ['{INTS}[OFFSET({SMALL})]', '{TEXTS}[OFFSET({INT})]', '{INTS}[{SMALL}]'],
  $safe_array_at_offset: ['{INTS}[SAFE_OFFSET({SMALL})]', '{TEXTS}[SAFE_OFFSET({INT})]'],
  $array_at_ordinal: ['{INTS}[ORDINAL({SMALL})]'],
  $safe_array_at_ordinal: ['{INTS}[SAFE_ORDINAL({SMALL})]', '{TEXTS}[SAFE_ORDINAL({INT})]'],
  ...unary('array_length array_reverse array_first array_last', ['INTS', 'TEXTS', 'FLOATS']),
  array_concat: ['ARRAY_CONCAT({INTS}, {INTS})', 'ARRAY_CONCAT({TEXTS}, {TEXTS}, {TEXTS})'],
  array_to_string: ['ARRAY_TO_STRING({TEXTS}, {PART})', 'ARRAY_TO_STRING({TEXTS}, {PART}, {PART})'],
  generate_array: ['GENERATE_ARRAY({SMALL}, {SMALL})', 'GENERATE_ARRAY({SMALL}, {SMALL}, {SMALL})'],
  regexp_contains: ['REGEXP_CONTAINS({TEXT}, {PATTERN})', 'REGEXP_CONTAINS({URL}, {PATTERN})'],
  regexp_extract: [
    'REGEXP_EXTRACT({TEXT}, {PATTERN})',
    'REGEXP_EXTRACT({URL}, {PATTERN})',
    'REGEXP_EXTRACT({TEXT}, {PATTERN}, {SMALL})',
    'REGEXP_EXTRACT({TEXT}, {PATTERN}, {SMALL}, {SMALL})',
  ],
  regexp_extract_all: [
    'REGEXP_EXTRACT_ALL({TEXT}, {PATTERN})',
    'REGEXP_EXTRACT_ALL({URL}, {PATTERN})',
  ],
  regexp_replace: [
    'REGEXP_REPLACE({TEXT}, {PATTERN}, {REPLACEMENT})',
    'REGEXP_REPLACE({URL}, {PATTERN}, {REPLACEMENT})',
  ],
  from_hex: ['FROM_HEX({HEX})', 'FROM_HEX({TEXT})'],
  from_base64: ['FROM_BASE64({BASE})', 'FROM_BASE64({TEXT})'],
  code_points_to_string: [
    'CODE_POINTS_TO_STRING([{CODE}, {CODE}])',
    'CODE_POINTS_TO_STRING({INTS})',
  ],
  $bitwise_and: ['{INT} & {INT}'],
  $bitwise_or: ['{INT} | {INT}'],
  $bitwise_xor: ['{INT} ^ {INT}'],
  $bitwise_not: ['~{INT}'],
  $bitwise_left_shift: ['{INT} << {SMALL}'],
  $bitwise_right_shift: ['{INT} >> {SMALL}'],
  bit_count: ['BIT_COUNT({INT})', 'BIT_COUNT({BYTES})'],
  ...Object.fromEntries(
    ['net.host', 'net.reg_domain', 'net.public_suffix'].map((name) => [
      name,
      [`${name.toUpperCase()}({URL})`],
    ]),
  ),
  'net.ip_from_string': ['NET.IP_FROM_STRING({IP})'],
  'net.safe_ip_from_string': ['NET.SAFE_IP_FROM_STRING({IP})'],
  'net.ip_to_string': [
    'NET.IP_TO_STRING({IPBYTES})',
    'NET.IP_TO_STRING(NET.SAFE_IP_FROM_STRING({IP}))',
  ],
  'net.ip_trunc': ['NET.IP_TRUNC({IPBYTES}, {SMALL})'],
  'net.ip_net_mask': [
    'NET.IP_NET_MASK(4, {SMALL})',
    'NET.IP_NET_MASK(16, {SMALL})',
    'NET.IP_NET_MASK({SMALL}, 3)',
  ],
  'net.ipv4_to_int64': ['NET.IPV4_TO_INT64({IPBYTES})'],
  'net.ipv4_from_int64': ['NET.IPV4_FROM_INT64({INT})', 'NET.IPV4_FROM_INT64({SMALL})'],
  regexp_instr: [
    'REGEXP_INSTR({TEXT}, {PATTERN})',
    'REGEXP_INSTR({URL}, {PATTERN}, {SMALL}, {SMALL})',
    'REGEXP_INSTR({TEXT}, {PATTERN}, {SMALL}, {SMALL}, 1)',
  ],
  array_slice: ['ARRAY_SLICE({INTS}, {SMALL}, {SMALL})', 'ARRAY_SLICE({TEXTS}, {SMALL}, {INT})'],
  contains_substr: ['CONTAINS_SUBSTR({TEXT}, {PART})'],
};
