import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type NodeVmClass,
  withoutBuffer,
} from '@tributary/local/cli/dataform-worker/without-buffer';

const { NodeVM } = createRequire(require.resolve('@dataform/cli/bundle.js'))('vm2') as {
  NodeVM: NodeVmClass;
};
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'without-buffer-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const sandbox = () => {
  const options = { require: { root, external: true, context: 'sandbox' } };
  return new (withoutBuffer(NodeVM))(options);
};
const run = (code: string) => sandbox().run(`module.exports = ${code}`, join(root, 'index.js'));

test('only while its core is loaded is there no Buffer in the sandbox', () => {
  const core = join(root, 'node_modules', '@dataform', 'core');
  mkdirSync(core, { recursive: true });
  writeFileSync(join(core, 'index.js'), 'exports.then = typeof Buffer;');
  expect(run("[require('@dataform/core').then, typeof Buffer].join()")).toBe('undefined,function');
});

test('a core that is missing is missed by who asks for it', () => {
  expect(run('typeof Buffer')).toBe('function');
  expect(() => run("require('@dataform/core')")).toThrow('@dataform/core');
});
