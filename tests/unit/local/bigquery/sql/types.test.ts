import { fromTypeProto, toTypeProto } from '@tributary/local/bigquery/sql/analyzer/type-proto';
import {
  duckFieldNames,
  type GoogleSqlType,
  parseType,
  printType,
  SCALAR_KINDS,
  sameType,
  toDuckType,
} from '@tributary/local/bigquery/sql/types';
import fc from 'fast-check';

const scalar = fc.constantFrom(...SCALAR_KINDS).map((kind): GoogleSqlType => ({ kind }));
const anyType: fc.Arbitrary<GoogleSqlType> = fc.letrec<{
  type: GoogleSqlType;
  struct: GoogleSqlType;
}>((tie) => ({
  type: fc.oneof({ maxDepth: 3 }, scalar, tie('struct'), arrayOf(tie('struct')), arrayOf(scalar)),
  struct: fc
    .array(fc.tuple(fc.constantFrom('', 'a', 'B', 'key', 'with space'), tie('type')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((fields) => ({ kind: 'STRUCT', fields: fields.map(([name, type]) => ({ name, type })) })),
})).type;

function arrayOf(element: fc.Arbitrary<GoogleSqlType>): fc.Arbitrary<GoogleSqlType> {
  return element.map((type) => ({ kind: 'ARRAY', element: type }));
}

test('printing and parsing, and the analyzer protocol, lose nothing', () => {
  fc.assert(
    fc.property(anyType, (type) => {
      expect(parseType(printType(type))).toEqual(type);
      expect(fromTypeProto(toTypeProto(type))).toEqual(type);
    }),
  );
});

test('parses every spelling that BigQuery takes', () => {
  expect(
    parseType(' array < struct < a integer , b.c > > '.replace('b.c', '`b c` BOOLEAN')),
  ).toEqual({
    kind: 'ARRAY',
    element: {
      kind: 'STRUCT',
      fields: [
        { name: 'a', type: { kind: 'INT64' } },
        { name: 'b c', type: { kind: 'BOOL' } },
      ],
    },
  });
});

test.each(['GEOGRAPHY', 'ARRAY<INT64', 'ARRAY<ARRAY<INT64>>', 'INT64 INT64', '', 'STRUCT<>'])(
  "refuses '%s'",
  (text) => {
    expect(() => parseType(text)).toThrow('is not a type');
  },
);

test('types in DuckDB', () => {
  const type = parseType('ARRAY<STRUCT<k STRING, STRING, K NUMERIC, t TIMESTAMP>>');
  expect(toDuckType(type)).toBe(
    'STRUCT("k" VARCHAR, "_1" VARCHAR, "_2" DECIMAL(38,9), "t" TIMESTAMPTZ)[]',
  );
  if (type.kind !== 'ARRAY' || type.element.kind !== 'STRUCT') throw new Error();
  expect(duckFieldNames(type.element.fields)).toEqual(['k', '_1', '_2', 't']);
});

test('field names differ in letter case without being different', () => {
  expect(sameType(parseType('STRUCT<A INT64>'), parseType('STRUCT<a INT64>'))).toBe(true);
  expect(sameType(parseType('STRUCT<a INT64>'), parseType('STRUCT<b INT64>'))).toBe(false);
});
