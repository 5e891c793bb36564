import { decodeHuffman } from './huffman';

/** Indexed entries of HPACK's static table that our requests use (RFC 7541, appendix A). */
const METHOD_POST = 0x83;
const SCHEME_HTTP = 0x86;

/**
 * The headers of a gRPC call, as plain literals that enter no table. `path` is
 * '/package.Service/Method'.
 */
export function requestHeaders(path: string): Buffer {
  const fields = [
    [':path', path],
    [':authority', 'localhost'],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
  ];
  const literals = fields.map((field) => [Buffer.from([0]), ...field.map(literal)]);
  return Buffer.concat([Buffer.from([METHOD_POST, SCHEME_HTTP]), ...literals.flat()]);
}

function literal(text: string): Buffer {
  if (text.length > 126) throw new Error(`'${text}' is too long for a header`);
  return Buffer.from(String.fromCharCode(text.length) + text, 'latin1');
}

/**
 * Headers by name. Only those with a name of their own are given, as all of gRPC's have: what
 * HPACK knows by number says nothing that we need. The other side may not number more than the
 * static table does, for we have announced a dynamic table of no bytes.
 */
export function readHeaders(block: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  /** RFC 7541, section 5.1: what fits into the low bits of a byte, else bytes of seven bits. */
  const integer = (bits: number): number => {
    const most = 2 ** bits - 1;
    let value = (block[at++] as number) & most;
    if (value < most) return value;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = block[at++] as number;
      value += (byte & 0x7f) * factor;
      if (!(byte & 0x80)) return value;
    }
  };
  const text = (): string => {
    const isCompressed = ((block[at] as number) & 0x80) !== 0;
    const length = integer(7);
    at += length;
    const bytes = block.subarray(at - length, at);
    return isCompressed ? decodeHuffman(bytes) : bytes.toString('latin1');
  };
  while (at < block.length) {
    const first = block[at] as number;
    if (first & 0x80) integer(7);
    else if ((first & 0xe0) === 0x20) integer(5);
    else {
      const index = integer(first & 0x40 ? 6 : 4);
      const name = index === 0 ? text() : undefined;
      const value = text();
      if (name !== undefined) headers.set(name, value);
    }
  }
  return headers;
}
