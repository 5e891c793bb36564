import { bigqueryFingerprint } from 'farmhash-modern';

/** Bytes that FarmHash mixes at once. */
const BLOCK = 64;

/**
 * FARM_FINGERPRINT: FarmHash's Fingerprint64 as a signed number. farmhash-modern 1.1.0 computes it,
 * but for 128, 192, 256 ... bytes, where it takes the last block twice: these are computed here.
 */
export function farmFingerprint(bytes: Uint8Array): bigint {
  const isWrong = bytes.length > BLOCK && bytes.length % BLOCK === 0;
  return BigInt.asIntN(64, isWrong ? ofWholeBlocks(bytes) : bigqueryFingerprint(bytes));
}

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint): bigint =>
  wrap((value >> bits) | (value << (64n - bits)));
const fold = (value: bigint): bigint => value ^ (value >> 47n);

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const SEED = 81n;

type Pair = readonly [bigint, bigint];

/** What is carried from block to block. */
interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly v: Pair;
  readonly w: Pair;
}

/**
 * Hash64 of farmhashna for two and more whole blocks (github.com/google/farmhash): the blocks but the
 * last one after another, then the last by other factors.
 */
function ofWholeBlocks(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - BLOCK;
  const y = wrap(SEED * K1 + 113n);
  let state: State = {
    x: wrap(SEED * K2 + view.getBigUint64(0, true)),
    y,
    z: wrap(fold(wrap(y * K2 + 113n)) * K2),
    v: [0n, 0n],
    w: [0n, 0n],
  };
  for (let at = 0; at < last; at += BLOCK) state = mix(state, view, at, K1, 1n);
  const factor = wrap(K1 + ((state.z & 0xffn) << 1n));
  // Of a last block that is whole 63 bytes stand behind its first.
  const w0 = wrap(state.w[0] + 63n);
  const v0 = wrap(state.v[0] + w0);
  const before = { ...state, v: [v0, state.v[1]], w: [wrap(w0 + v0), state.w[1]] } as const;
  const { x, y: second, z, v, w } = mix(before, view, last, factor, 9n);
  return join(
    wrap(join(v[0], w[0], factor) + fold(second) * K0 + z),
    wrap(join(v[1], w[1], factor) + x),
    factor,
  );
}

/** @param at where the block begins; @param weight of what is carried over, 9 for the last block */
function mix(from: State, view: DataView, at: number, factor: bigint, weight: bigint): State {
  const { v, w } = from;
  const number = (index: number): bigint => view.getBigUint64(at + index * 8, true);
  const x =
    wrap(rotate(wrap(from.x + from.y + v[0] + number(1)), 37n) * factor) ^ wrap(w[1] * weight);
  const y = wrap(rotate(wrap(from.y + v[1] + number(6)), 42n) * factor + v[0] * weight + number(5));
  const z = wrap(rotate(wrap(from.z + w[0]), 33n) * factor);
  const half = (first: number): readonly bigint[] =>
    [0, 1, 2, 3].map((index) => number(first + index));
  return {
    // The two change places.
    x: z,
    y,
    z: x,
    v: mixHalf(half(0), wrap(v[1] * factor), wrap(x + w[0])),
    w: mixHalf(half(4), wrap(z + w[1]), wrap(y + number(2))),
  };
}

function mixHalf([a = 0n, b = 0n, c = 0n, d = 0n]: readonly bigint[], p: bigint, q: bigint): Pair {
  const first = wrap(p + a);
  const second = rotate(wrap(q + first + d), 21n);
  const sum = wrap(first + b + c);
  return [wrap(sum + d), wrap(second + rotate(sum, 44n) + first)];
}

function join(left: bigint, right: bigint, factor: bigint): bigint {
  const once = fold(wrap((left ^ right) * factor));
  return wrap(fold(wrap((right ^ once) * factor)) * factor);
}
