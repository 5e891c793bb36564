import type { LanguageOptionsProto } from './protocol';

/** Features that BigQuery does not have, or has in another form. */
const LEFT_OUT = new Set([
  'FEATURE_EXPERIMENTAL_MODULES',
  'FEATURE_SPANNER_LEGACY_DDL',
  'FEATURE_TIMESTAMP_NANOS',
  'FEATURE_DISABLE_OUTER_JOIN_ARRAY',
  // BigQuery neither sorts arrays nor looks for the least of them.
  'FEATURE_V_1_3_ARRAY_ORDERING',
  'FEATURE_V_1_3_ARRAY_GREATEST_LEAST',
]);

const ADDED = [
  'FEATURE_V_1_4_GROUPING_SETS',
  'FEATURE_V_1_4_GROUPING_BUILTIN',
  'FEATURE_INTERVAL_TYPE',
];

/** BigQuery's language, made from everything the service knows. */
export function languageOptions(maximum: readonly string[]): LanguageOptionsProto {
  const kept = maximum.filter((name) => !LEFT_OUT.has(name) && !name.startsWith('FEATURE_TEST_'));
  return {
    nameResolutionMode: 'NAME_RESOLUTION_DEFAULT',
    productMode: 'PRODUCT_EXTERNAL',
    enabledLanguageFeatures: [...new Set([...kept, ...ADDED])],
    supportedStatementKinds: [],
    reservedKeywords: ['QUALIFY'],
  };
}

const COMPILE_REWRITES = [
  'REWRITE_FLATTEN',
  'REWRITE_PIVOT',
  'REWRITE_UNPIVOT',
  'REWRITE_GROUPING_SET',
];

/** The reference engine runs these only in rewritten form. */
const EVALUATE_REWRITES = [
  ...COMPILE_REWRITES,
  'REWRITE_LIKE_ANY_ALL',
  'REWRITE_TYPEOF_FUNCTION',
  'REWRITE_NULLIFERROR_FUNCTION',
  'REWRITE_INLINE_SQL_FUNCTIONS',
  'REWRITE_INLINE_SQL_UDAS',
  'REWRITE_WITH_EXPR',
];

/** Options of the service's Analyze call. */
export function analyzerOptions(language: LanguageOptionsProto, purpose: 'compile' | 'evaluate') {
  return {
    languageOptions: language,
    defaultTimezone: 'UTC',
    errorMessageMode: 'ERROR_MESSAGE_ONE_LINE',
    pruneUnusedColumns: false,
    parseLocationRecordType: 'PARSE_LOCATION_RECORD_FULL_NODE_SCOPE',
    enabledRewrites: purpose === 'compile' ? COMPILE_REWRITES : EVALUATE_REWRITES,
  };
}
