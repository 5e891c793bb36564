/** IP addresses as NET functions read and write them, as hexadecimal text of their bytes. */

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?=.)|$)){4}$/;

function ipv4Hex(text: string): string | null {
  if (!IPV4.test(text)) return null;
  return text
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
}

/** The bytes of an IPv4 or IPv6 address in hexadecimal; null where the text is none. */
export function ipHex(text: string): string | null {
  if (!text.includes(':')) return ipv4Hex(text);
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => groups(half, index === halves.length - 1));
  if (head === undefined || head === null || tail === null) return null;
  const missing = 32 - head.length - (tail?.length ?? 0);
  if (tail === undefined) return missing === 0 ? head : null;
  return missing >= 4 ? head + '0'.repeat(missing) + tail : null;
}

/** Groups of an IPv6 address; the last two may be written as an IPv4 address. */
function groups(text: string, isEnd: boolean): string | null {
  if (text === '') return '';
  const parts = text.split(':');
  const hex = parts.map((part, index) => {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) return part.toLowerCase().padStart(4, '0');
    return isEnd && index === parts.length - 1 ? ipv4Hex(part) : null;
  });
  return hex.includes(null) ? null : hex.join('');
}

/** The address in its shortest form; fails for other than 4 or 16 bytes. */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return [...bytes].join('.');
  if (bytes.length !== 16) throw new Error('An IP address has 4 or 16 bytes');
  const words = Array.from(
    { length: 8 },
    (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0),
  );
  const zeros = longestZeros(words);
  // Addresses that hold an IPv4 address show it.
  const holdsIpv4 =
    zeros.start === 0 && (zeros.length === 6 || (zeros.length === 5 && words[5] === 0xffff));
  const ipv4 = holdsIpv4 ? [...bytes.subarray(12)].join('.') : undefined;
  const shown: string[] = words.slice(0, ipv4 ? 6 : 8).map((word) => word.toString(16));
  if (ipv4) shown.push(ipv4);
  if (zeros.length < 2) return shown.join(':');
  return `${shown.slice(0, zeros.start).join(':')}::${shown.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(words: readonly number[]): {
  readonly start: number;
  readonly length: number;
} {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start += 1) {
    let length = 0;
    while (words[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** The first `bits` bits of an address, the rest zero, in hexadecimal. */
export function ipTruncated(bytes: Uint8Array, bits: bigint): string {
  const whole = BigInt(bytes.length * 8);
  if (bytes.length !== 4 && bytes.length !== 16) throw new Error('An IP address has 4 or 16 bytes');
  if (bits < 0n || bits > whole) throw new Error(`NET.IP_TRUNC takes 0 to ${whole} bits`);
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const rest = whole - bits;
  return ((value >> rest) << rest).toString(16).padStart(bytes.length * 2, '0');
}

/** A mask of `bits` ones in `length` bytes, in hexadecimal. */
export function ipMask(length: bigint, bits: bigint): string {
  if (length !== 4n && length !== 16n) throw new Error('An IP address has 4 or 16 bytes');
  return ipTruncated(new Uint8Array(Number(length)).fill(255), bits);
}

/** Damerau has no part in it: insertions, deletions and replacements of code points. */
export function editDistance(a: string, b: string): bigint {
  const letters = [...b];
  let previous = [0, ...letters.map((_, index) => index + 1)];
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of letters.entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return BigInt(previous.at(-1) ?? 0);
}
