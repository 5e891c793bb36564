/**
 * Lets node run the TypeScript of this folder, with the built code of local/ and functions/:
 * `node --require ./tests/bench/typescript.cjs tests/bench/sql.ts`.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '..', '..');
const resolve = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) => {
  const part = /^@tributary\/(local|functions)\/(.+)$/.exec(request);
  return part ? join(root, part[1], 'dist', `${part[2]}.js`) : resolve(request, ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
