import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptResults } from '@tributary/local/cli/dataform-worker/kept-results';

let folder: string;
let file: string;
let made: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-results-'));
  file = join(folder, 'inner', 'results.json');
  made = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isText = (value: unknown): value is string => typeof value === 'string';

/** One process: asks for each text, and saves. */
function ask(texts: readonly string[], version = '1', path = file): string[] {
  const kept = new KeptResults(path, version, isText);
  const results = texts.map((text) =>
    kept.get([text, null], () => {
      made.push(text);
      return `${text}!`;
    }),
  );
  kept.save();
  return results;
}

test('only what changed is made anew in the next process', () => {
  expect(ask(['a', 'b', 'a'])).toEqual(['a!', 'b!', 'a!']);
  expect(ask(['a', 'c'])).toEqual(['a!', 'c!']);
  expect(ask(['a', 'b', 'c'])).toEqual(['a!', 'b!', 'c!']);
  expect(made).toEqual(['a', 'b', 'c']);
  ask(['a'], '2');
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('a file that cannot be read or written, or holds something else, costs time alone', () => {
  ask(['a']);
  for (const text of [
    '{',
    '{}',
    JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).map(() => ['x', 1])),
  ]) {
    writeFileSync(file, text);
    expect(ask(['a'])).toEqual(['a!']);
  }
  expect(made).toEqual(['a', 'a', 'a', 'a']);
  expect(ask(['b'], '1', join(file, 'below'))).toEqual(['b!']);
});

test('the oldest results go, those in use stay', () => {
  ask(Array.from({ length: 1000 }, (_, index) => `old ${index}`));
  ask(['new']);
  made = [];
  ask(['new', 'old 0', 'old 999']);
  expect(made).toEqual(['old 999']);
});

test('what fails is not kept', () => {
  const kept = new KeptResults(file, '1', isText);
  const fail = () => {
    throw new Error('no SQL');
  };
  expect(() => kept.get(['a'], fail)).toThrow('no SQL');
  expect(kept.get(['a'], () => 'made')).toBe('made');
});
