import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withKeptCompiler } from '@tributary/local/cli/dataform-worker/kept-compiler';
import { KeptResults } from '@tributary/local/cli/dataform-worker/kept-results';
import type { NodeVmClass } from '@tributary/local/cli/dataform-worker/without-buffer';

const { NodeVM } = createRequire(require.resolve('@dataform/cli/bundle.js'))('vm2') as {
  NodeVM: NodeVmClass;
};
let root: string;
let compiled: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-compiler-'));
  compiled = [];
  mkdirSync(join(root, 'node_modules/@dataform/core'), { recursive: true });
  writeFileSync(join(root, 'node_modules/@dataform/core/bundle.js'), 'first core');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What the files a and b are in a process of its own. */
function run(): unknown {
  const isText = (value: unknown): value is string => typeof value === 'string';
  const kept = new KeptResults(join(root, 'kept.json'), '1', isText);
  const options = {
    require: { root, external: true, context: 'sandbox' },
    sourceExtensions: ['sqlx'],
    compiler: (code: string, file: string) => {
      if (file.endsWith('.sqlx')) compiled.push(code);
      return file.endsWith('.sqlx') ? `exports.text = ${JSON.stringify(code)};` : code;
    },
  };
  const sandbox = new (withKeptCompiler(NodeVM, kept))(options);
  const code = "module.exports = require('./a.sqlx').text + require('./b.sqlx').text";
  const answer = sandbox.run(code, join(root, 'index.js'));
  kept.save();
  return answer;
}

test('after a change of one file that alone is compiled, with another core all are', () => {
  writeFileSync(join(root, 'a.sqlx'), 'A1');
  writeFileSync(join(root, 'b.sqlx'), 'B1');
  expect(run()).toBe('A1B1');
  writeFileSync(join(root, 'b.sqlx'), 'B2');
  expect(run()).toBe('A1B2');
  expect(compiled).toEqual(['A1', 'B1', 'B2']);
  writeFileSync(join(root, 'node_modules/@dataform/core/bundle.js'), 'second core');
  expect(run()).toBe('A1B2');
  expect(compiled).toEqual(['A1', 'B1', 'B2', 'A1', 'B2']);
});
