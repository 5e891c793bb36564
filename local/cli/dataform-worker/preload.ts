import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AnswerCache } from './answer-cache';
import { answerFirst } from './answer-first';
import { answerOnce } from './answer-once';
import { fastRealpath } from './fast-realpath';
import { cachedTransformer, type Transformer } from './transform-cache';
import { type NodeVmClass, withoutBuffer } from './without-buffer';

/**
 * Loaded by node before dataform's own code (see ../dataform.ts). In its compile worker it saves
 * time, and changes nothing of what is compiled; elsewhere it does nothing.
 */
if (basename(process.argv[1] ?? '') === 'worker_bundle.js') hasten(process.argv[1] as string);

function hasten(worker: string): void {
  answerOnce(process);
  fs.realpathSync = fastRealpath(fs.realpathSync);
  try {
    const load = createRequire(worker);
    const vm2 = dirname(load.resolve('vm2'));
    const folder = join(dirname(vm2), '.cache', 'tributary');
    const names = ['vm2', 'acorn', 'acorn-walk'];
    const versions = names.map((name) => versionOf(createRequire(join(vm2, 'index.js')), name));
    keepTransforms(load(join(vm2, 'lib', 'transformer.js')), folder, versions.join(' '));
    // Only now: vm2 takes its transformer when it is loaded.
    const sandboxes: { NodeVM: NodeVmClass } = load('vm2');
    sandboxes.NodeVM = withoutBuffer(sandboxes.NodeVM);
    keepAnswers(worker, dirname(vm2), folder, versions);
  } catch {
    // Another vm2 than the one known: it works without, only slower.
  }
}

function keepTransforms(module: { transformer: Transformer }, folder: string, versions: string) {
  module.transformer = cachedTransformer(module.transformer, join(folder, 'scripts'), versions);
}

/** The worker's code is loaded when there is something to compile. */
function keepAnswers(worker: string, modules: string, folder: string, versions: string[]): void {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const cli = versionOf(createRequire(worker), './package.json');
  const runMain = Module.runMain;
  Module.runMain = (main) =>
    answerFirst(
      process,
      {
        answers: new AnswerCache(join(folder, 'compiled')),
        ownFolders: [dirname(worker), join(modules, 'vm2'), folder],
        versions: JSON.stringify([process.versions, cli, versions, locale, timeZone]),
      },
      () => runMain(main),
    );
}

function versionOf(load: NodeJS.Require, name: string): string {
  return load(name.startsWith('.') ? name : `${name}/package.json`).version;
}
