import fs from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { answerOnce } from './answer-once';
import { fastRealpath } from './fast-realpath';
import { cachedTransformer, type Transformer } from './transform-cache';

/**
 * Loaded by node before dataform's own code (see ../dataform.ts). In its compile worker it saves
 * time, and changes nothing of what is compiled; elsewhere it does nothing.
 */
if (basename(process.argv[1] ?? '') === 'worker_bundle.js') hasten(process.argv[1] as string);

function hasten(worker: string): void {
  answerOnce(process);
  fs.realpathSync = fastRealpath(fs.realpathSync);
  keepTransforms(worker);
}

function keepTransforms(worker: string): void {
  try {
    const load = createRequire(worker);
    const vm2 = dirname(load.resolve('vm2'));
    const versions = ['vm2', 'acorn', 'acorn-walk'].map(
      (name) => createRequire(join(vm2, 'index.js'))(`${name}/package.json`).version,
    );
    const module: { transformer: Transformer } = load(join(vm2, 'lib', 'transformer.js'));
    const folder = join(dirname(vm2), '.cache', 'tributary');
    module.transformer = cachedTransformer(module.transformer, folder, versions.join(' '));
  } catch {
    // Another vm2 than the one known: it works without, only slower.
  }
}
