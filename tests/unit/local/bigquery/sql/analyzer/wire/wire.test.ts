import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '@tributary/local/bigquery/sql/analyzer/wire/decode';
import { encode } from '@tributary/local/bigquery/sql/analyzer/wire/encode';
import { loadSchema } from '@tributary/local/bigquery/sql/analyzer/wire/load-schema';
import type { Schema } from '@tributary/local/bigquery/sql/analyzer/wire/schema';
import fc from 'fast-check';

const MAIN = `
// A comment with a } and a ;
syntax = "proto2";
package shop.api;
import "google/protobuf/timestamp.proto";
import "other.proto";
option java_package = "a;b{";
message Order /* a block { comment */ {
  option deprecated = true;
  reserved 3, 7 to 9;
  extensions 100 to max;
  enum State { UNKNOWN = -1; OPEN = 0; CLOSED = 5 [(shop.note) = {text: "x;"}]; }
  message Line { optional string product_name = 1; repeated int32 sizes = 2 [packed = true]; }
  optional int64 order_id = 1;
  optional State state = 2 [default = OPEN];
  repeated Line line = 4;
  oneof payment { string card_number = 5; shop.Voucher voucher = 6; }
  map<string, Line> by_name = 10;
  optional double amount = 11;
  optional bytes raw_data = 12;
  optional bool is_paid = 13;
  optional google.protobuf.Timestamp created_at = 14;
}
extend Order { optional string extra = 101; }
service Orders { rpc Get(Order) returns (Order) {} }
`;
const OTHER =
  'package shop; message Voucher { optional string code = 1; optional Voucher parent = 2; }';

let folder: string;
let schema: Schema;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wire-'));
  writeFileSync(join(folder, 'main.proto'), MAIN);
  writeFileSync(join(folder, 'other.proto'), OTHER);
  schema = loadSchema(folder, 'main.proto');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const order = (fields: object) => encode(schema.message('shop.api.Order'), fields);
const read = (bytes: Buffer) => decode(schema.message('shop.api.Order'), bytes);

test('fields of every kind come back, with names, repeated fields, and which of a oneof is set', () => {
  const fields = {
    orderId: '9007199254740993',
    state: 'UNKNOWN',
    line: [{ productName: 'Schrank', sizes: [1, -2, 300] }, {}],
    voucher: { code: 'x', parent: { code: 'ü' } },
    amount: -0.5,
    rawData: Buffer.from([0, 255]),
    isPaid: false,
    createdAt: { seconds: '-62135596800', nanos: 5 },
  };
  expect(read(order(fields))).toEqual({
    ...fields,
    line: [fields.line[0], { sizes: [] }],
    payment: 'voucher',
    byName: [],
  });
});

test('the bytes are those of the protocol', () => {
  expect(order({ orderId: 150 }).toString('hex')).toBe('089601');
  expect(order({ cardNumber: 'testing' }).toString('hex')).toBe('2a0774657374696e67');
  expect(order({ state: 'UNKNOWN' }).toString('hex')).toBe('10ffffffffffffffffff01');
  expect(order({ byName: { a: { productName: 'b' } } }).toString('hex')).toBe(
    '52080a016112030a0162',
  );
});

test('packed numbers, unknown fields and parts of one message in two places are read', () => {
  const packed = Buffer.from('2206120403c0ff01', 'hex');
  expect(read(packed).line).toEqual([{ sizes: [3, 32704] }]);
  expect(read(Buffer.from('fa0103616263089601', 'hex')).orderId).toBe('150');
  const parts = Buffer.concat([order({ orderId: 1 }), order({ isPaid: true })]);
  expect(read(parts)).toMatchObject({ orderId: '1', isPaid: true });
});

test('names that the files do not have are errors', () => {
  expect(() => order({ orderNo: 1 })).toThrow('shop.api.Order has no field orderNo');
  expect(() => order({ state: 'LOST' })).toThrow('state has no value LOST');
  expect(() => schema.message('shop.Nothing')).toThrow('no message shop.Nothing');
});

test('any numbers and texts of any length come back', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('ä'.repeat(20_000)));
  const lines = fc.array(fc.record({ productName: text, sizes: fc.array(fc.integer()) }), {
    maxLength: 5,
  });
  const fields = fc.record({
    orderId: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    amount: fc.double(),
    line: lines,
  });
  fc.assert(
    fc.property(fields, (value) => {
      expect(read(order(value))).toEqual({ ...value, byName: [] });
    }),
    { numRuns: 40 },
  );
});
