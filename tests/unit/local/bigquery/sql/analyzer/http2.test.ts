import {
  FLAG,
  FrameReader,
  TYPE,
  writeFrame,
} from '@tributary/local/bigquery/sql/analyzer/http2/frames';
import { readHeaders } from '@tributary/local/bigquery/sql/analyzer/http2/headers';
import { decodeHuffman } from '@tributary/local/bigquery/sql/analyzer/http2/huffman';
import { SendWindow } from '@tributary/local/bigquery/sql/analyzer/http2/send-window';

const frames = [
  { type: TYPE.settings, flags: FLAG.ack, stream: 0, payload: Buffer.alloc(0) },
  { type: TYPE.data, flags: 0, stream: 5, payload: Buffer.alloc(70_000, 1) },
  { type: TYPE.headers, flags: FLAG.endHeaders, stream: 7, payload: Buffer.from('abc') },
];
const wire = Buffer.concat(frames.map((f) => writeFrame(f.type, f.flags, f.stream, f.payload)));

test.each([1, 8, 9, 10, 1_000, 1_000_000])('frames come in pieces of %i bytes', (size) => {
  const reader = new FrameReader();
  const read = [];
  for (let at = 0; at < wire.length; at += size)
    read.push(...reader.read(wire.subarray(at, at + size)));
  expect(read).toEqual(frames);
});

// RFC 7541, appendix C.4.1 and C.6.1.
test.each([
  ['f1e3c2e5f23a6ba0ab90f4ff', 'www.example.com'],
  ['d07abe941054d444a8200595040b8166e082a62d1bff', 'Mon, 21 Oct 2013 20:13:21 GMT'],
  ['9d29ad171863c78f0b97c8e9ae82ae43d3', 'https://www.example.com'],
])('compressed text %s', (bytes, text) => {
  expect(decodeHuffman(Buffer.from(bytes, 'hex'))).toBe(text);
});

test('headers with names of their own are read, in every form', () => {
  const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  const block = Buffer.concat([
    Buffer.from([0x20, 0x88, 0x40]),
    text('grpc-status'),
    text('3'),
    Buffer.from([0x10]),
    text('a'),
    Buffer.concat([Buffer.from([0x7f, 0x49]), Buffer.alloc(200, 'x')]),
    Buffer.from([0x0f, 0x10]),
    text('application/grpc'),
  ]);
  const expected = [
    ['grpc-status', '3'],
    ['a', 'x'.repeat(200)],
  ];
  expect([...readHeaders(block)]).toEqual(expected);
});

test('a body goes only as far as the other side allows', () => {
  const written: Buffer[] = [];
  const window = new SendWindow((bytes) => written.push(bytes));
  const sent = () =>
    new FrameReader()
      .read(Buffer.concat(written))
      .reduce((sum, { payload, type }) => sum + (type === TYPE.data ? payload.length : 0), 0);
  const head = writeFrame(TYPE.headers, FLAG.endHeaders, 1, Buffer.alloc(0));
  window.send(1, head, Buffer.alloc(200_000));
  expect(sent()).toBe(65_535);
  window.grow(0, 1_000_000);
  expect(sent()).toBe(65_535);
  window.grow(1, 10_000);
  expect(sent()).toBe(75_535);
  window.resize(85_535);
  expect(sent()).toBe(95_535);
  window.grow(1, 1_000_000);
  expect(sent()).toBe(200_000);
  expect(new FrameReader().read(Buffer.concat(written)).at(-1)?.flags).toBe(FLAG.endStream);
});
