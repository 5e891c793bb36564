/** Names of the enum values that appear as constant arguments, by the analyzer's enum and number. */
const ENUMS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'zetasql.functions.DateTimestampPart': {
    1: 'YEAR',
    2: 'MONTH',
    3: 'DAY',
    4: 'DAYOFWEEK',
    5: 'DAYOFYEAR',
    6: 'QUARTER',
    7: 'HOUR',
    8: 'MINUTE',
    9: 'SECOND',
    10: 'MILLISECOND',
    11: 'MICROSECOND',
    12: 'NANOSECOND',
    13: 'DATE',
    14: 'WEEK',
    15: 'DATETIME',
    16: 'TIME',
    17: 'ISOYEAR',
    18: 'ISOWEEK',
    19: 'WEEK_MONDAY',
    20: 'WEEK_TUESDAY',
    21: 'WEEK_WEDNESDAY',
    22: 'WEEK_THURSDAY',
    23: 'WEEK_FRIDAY',
    24: 'WEEK_SATURDAY',
  },
  'zetasql.functions.NormalizeMode': { 0: 'NFC', 1: 'NFKC', 2: 'NFD', 3: 'NFKD' },
  'zetasql.functions.RoundingMode': { 1: 'ROUND_HALF_AWAY_FROM_ZERO', 2: 'ROUND_HALF_EVEN' },
};

/** 'DAY', 'NFC'...; undefined for an enum that no supported function takes. */
export function enumName(enumType: string, value: number): string | undefined {
  return ENUMS[enumType]?.[value];
}
