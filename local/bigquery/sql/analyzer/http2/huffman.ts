/**
 * Bits of each byte's code, and of the end's, in HPACK (RFC 7541, appendix B); '28x7' stands for
 * seven bytes in a row. Codes follow from their lengths: shorter ones come first, and of equally
 * long ones that of the smaller byte.
 */
const LENGTHS = `
  13 23 28x7 24 30 28x2 30 28x8 30 28x9 6 10x2 12 13 6 8 11 10x2 8 11 8 6x3 5x3 6x7 7 8 15 6
  12 10 13 6 7x22 8 7 8 13 19 13 14 6 15 5 6 5 6 5 6x3 5 7x2 6x3 5 6 7 6 5x2 6 7x5 15 11 14 13
  28 20 22 20x2 22x3 23 22 23x5 24 23 24x2 22 23 24 23x4 21 22 23 22 23x2 24 22 21 20 22x2
  23x2 21 23 22x2 24 21 22 23x2 21x2 22 21 23 22 23x2 20 22x3 23 22x2 23 26x2 20 19 22 23 22
  25 26x3 27x2 26 24 25 19 21 26 27x2 26 27 24 21x2 26x2 28 27x3 20 24 20 21 22 21x2 23 22x2
  25x2 24x2 26 23 26 27 26x2 27x5 28 27x5 26 30`;

const END = 256;

/** What a code of so many bits means: the first such code, and all of their bytes in order. */
interface Codes {
  readonly first: number;
  readonly bytes: readonly number[];
}

const BY_LENGTH = codesByLength();

function codesByLength(): (Codes | undefined)[] {
  const lengths = LENGTHS.trim()
    .split(/\s+/)
    .flatMap((part) => {
      const [length, count = 1] = part.split('x').map(Number);
      return Array.from({ length: count }, () => length as number);
    });
  const codes: (Codes | undefined)[] = [];
  let next = 0;
  for (let length = 1; length <= Math.max(...lengths); length++) {
    next *= 2;
    const bytes = [...lengths.keys()].filter((byte) => lengths[byte] === length);
    if (bytes.length > 0) codes[length] = { first: next, bytes };
    next += bytes.length;
  }
  return codes;
}

/** The text of a compressed string; what is left at its end is padding. */
export function decodeHuffman(bytes: Uint8Array): string {
  const text: number[] = [];
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      const codes = BY_LENGTH[++length];
      const meant = codes?.bytes[code - codes.first];
      if (meant === undefined) continue;
      if (meant === END) throw new Error('A compressed header holds the mark of its end');
      text.push(meant);
      code = 0;
      length = 0;
    }
  }
  return Buffer.from(text).toString('latin1');
}
