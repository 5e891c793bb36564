import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptResults } from '@tributary/local/cli/dataform-worker/kept-results';
import {
  cachedTransformer,
  isTransformed,
  type Transformer,
} from '@tributary/local/cli/dataform-worker/transform-cache';

const LONG = 'x'.repeat(300_000);
let folder: string;
let made: string[];

const transform: Transformer = (_args, body) => {
  made.push(body.slice(0, 3));
  return { code: `${body.slice(0, 3)}!`, hasAsync: false };
};

const run = (body: string, version = '1', dir = folder) => {
  const short = new KeptResults(join(dir, 'short.json'), version, isTransformed);
  const transformer = cachedTransformer(transform, dir, version, short);
  const { code } = transformer(null, body, false, false, 'core.js');
  short.save();
  return code;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transform-cache-'));
  made = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a long script is transformed once, and again for another text or version', () => {
  expect([run(LONG), run(LONG)]).toEqual(['xxx!', 'xxx!']);
  expect(made).toHaveLength(1);
  run(`y${LONG}`);
  run(LONG, '2');
  expect(made).toEqual(['xxx', 'yxx', 'xxx']);
});

test('short scripts stand in one file together', () => {
  expect([run('short'), run('other'), run('short')]).toEqual(['sho!', 'oth!', 'sho!']);
  expect(made).toEqual(['sho', 'oth']);
  expect(readdirSync(folder)).toEqual(['short.json']);
});

test('an entry that cannot be read is made again', () => {
  run(LONG);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"code":');
  expect(run(LONG)).toBe('xxx!');
  expect(made).toHaveLength(2);
});

test('a folder that cannot be written costs time alone', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(run(LONG, '1', join(file, 'inner'))).toBe('xxx!');
});

test('old entries go', () => {
  for (let version = 0; version < 9; version++) run(LONG, String(version));
  expect(readdirSync(folder).length).toBeLessThanOrEqual(4);
});
