/**
 * What DuckDB says at run time of queries that are valid, and what BigQuery says of them. Values
 * are told where DuckDB shows them as a user would write them: a NUMERIC it shows as billionths.
 */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^JSON transform error in file .*?, in [a-z/]+ (\d+): (.*?)\s*Try setting.*/s,
    'Error while reading data, error message: row $1: $2',
  ],
  [
    /^More than one row returned by a subquery.*/s,
    'Scalar subquery produced more than one element',
  ],
  [/^Overflow in negation of numeric value!$/, 'int64 overflow'],
  [/^Overflow in \w+ of INT(?:64|32) \((.*)\)!$/s, 'int64 overflow: $1'],
  [/^Overflow on abs\((.*)\)$/s, 'int64 overflow: ABS($1)'],
  [/^Overflow in .*(?:DECIMAL|HUGEINT|INT128).*/s, 'numeric overflow'],
  [/^Casting value "(\S*)" to type DECIMAL.*/s, 'numeric out of range: $1'],
  [/^Failed to cast decimal value (\S+) to type INT64.*/s, 'int64 out of range: $1'],
  [/^Type DOUBLE with value (\S+) can't be cast .*type INT128.*/s, 'numeric out of range: $1'],
  [
    /^Type DOUBLE with value (\S+) can't be cast .*/s,
    'Illegal conversion of FLOAT64 $1: out of range',
  ],
  [/^Type INT128 with value (\S+) can't be cast .*INT64.*/s, 'int64 overflow: $1'],
  [/^Type \w+ with value (\S+) can't be cast .*/s, 'Value out of range: $1'],
  [/^Could not convert string '(.*)' to (INT64|DOUBLE|BOOL|DATE|TIME).*/s, 'Bad $2 value: $1'],
  [/^Could not convert string "(.*)" to DECIMAL.*/s, 'Bad NUMERIC value: $1'],
  [/^(?:date|Date) (?:field value )?out of range: "?([^"]*)"?$/, "Invalid date: '$1'"],
  [/^(?:timestamp|time) field value out of range: "([^"]*)".*/s, "Invalid date or time: '$1'"],
  [/^invalid (timestamp|date|time) field format: "(.*?)".*/s, "Invalid $1: '$2'"],
  [/^Date and time not in timestamp range$/, 'The result leaves the years 1 to 9999'],
  [/^Negation of HUGEINT.*/s, 'numeric overflow'],
  [
    /^(?:Interval value |ICU date |Epoch seconds |Date out of range in |Could not convert (?:DATE|Interval|Day|Month|Time)|Overflow exception in date).*/s,
    'The result leaves the years 1 to 9999',
  ],
  [/^Failure in decode:.*/s, 'Invalid cast of bytes to UTF8 string'],
  [/^Could not decode string ".*" as base64:.*/s, 'Failed to decode invalid base64 string'],
  [/^Invalid input for hex digit: (.*)$/s, 'Failed to decode invalid hexadecimal string: $1'],
  [/^Unknown TimeZone '([^']*)'!.*/s, 'Invalid time zone: $1'],
  [/^(?:\w+) for [XY] is out of range!$/, 'double overflow'],
  [/^(?:STDDEV|VAR|COVAR|CORR)\w* is out of range!$/, 'double overflow'],
  [/^NOT NULL constraint failed: [^.]*\.(.*)$/s, 'Required field $1 cannot be null'],
  [
    /^(?:missing |unexpected \)|trailing \\|no argument for repetition|invalid repetition|bad repetition|invalid perl operator|invalid named capture|invalid escape|invalid character class|invalid UTF-8:|pattern too large).*/s,
    'Cannot parse regular expression: $&',
  ],
  [
    /^.*(?:in JSON at position|end of JSON input|is not valid JSON).*$/s,
    'Invalid input to PARSE_JSON: $&',
  ],
];

/** Names of types in messages that are not in the list above. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\bTIMESTAMP WITH TIME ZONE\b/g, 'TIMESTAMP'],
  [/\b(?:DECIMAL(?:\(\d+,\s*\d+\)|\(\d+\))?|INT128|U?HUGEINT)(?!\w)/g, 'NUMERIC'],
  [/\bDOUBLE\b/g, 'FLOAT64'],
  [/\b(?:BIGINT|INTEGER|INT(?:8|16|32))\b/g, 'INT64'],
  [/\bVARCHAR\b/g, 'STRING'],
  [/\bBLOB\b/g, 'BYTES'],
  [/\bBOOLEAN\b/g, 'BOOL'],
];

/**
 * The sentence in BigQuery's words where they are known, else without DuckDB's advice and with
 * BigQuery's names of types.
 *
 * @param kind DuckDB's class of the error: 'Out of Range', 'Conversion', 'Invalid Input'. Texts of
 *   ERROR() are of the last, and stay as they are.
 */
export function inBigQuerysWords(kind: string, text: string): string {
  const known = SENTENCES.find(([pattern]) => pattern.test(text));
  const said = known ? text.replace(known[0], known[1]) : text;
  if (known === undefined && !/^(Out of Range|Conversion)$/.test(kind)) return said;
  if (known && !said.startsWith('Bad ')) return said;
  const plain = said.replace(
    /\s*(?:You might want|Use try|Specify|Consider|when casting from source).*/s,
    '',
  );
  return TYPES.reduce((sentence, [pattern, name]) => sentence.replace(pattern, name), plain);
}
