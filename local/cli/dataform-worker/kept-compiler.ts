import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptResults } from './kept-results';
import type { NodeVmClass } from './without-buffer';

/** Longer ones are no models, but @dataform/core, which is handed on as it is. */
const WORTH_KEEPING = 200_000;

/**
 * A NodeVM whose `compiler` (Dataform's, which makes JavaScript of SQLX) is asked once for each
 * content of a file: what it makes depends on that, the file's name and the version of
 * @dataform/core alone.
 */
export function withKeptCompiler(NodeVM: NodeVmClass, kept: KeptResults<string>): NodeVmClass {
  return class extends NodeVM {
    constructor(options: ConstructorParameters<NodeVmClass>[0]) {
      const { compiler } = options;
      super(
        compiler
          ? { ...options, compiler: keeping(compiler, options.require.root, kept) }
          : options,
      );
    }
  };
}

type Compiler = (code: string, file: string) => string;

function keeping(compiler: Compiler, root: string, kept: KeptResults<string>): Compiler {
  const bundle = readFileSync(join(root, 'node_modules', '@dataform', 'core', 'bundle.js'));
  const core = createHash('sha256').update(bundle).digest('hex');
  return (code, file) =>
    code.length > WORTH_KEEPING
      ? compiler(code, file)
      : kept.get([core, code, file], () => compiler(code, file));
}
