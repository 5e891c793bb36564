import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AnswerCache } from './answer-cache';
import { answerFirst } from './answer-first';
import { answerOnce } from './answer-once';
import { askBasicMetadata, type TableClass } from './basic-metadata';
import { fastRealpath } from './fast-realpath';
import { withKeptCompiler } from './kept-compiler';
import { KeptResults } from './kept-results';
import { cachedTransformer, isTransformed, type Transformer } from './transform-cache';
import { type NodeVmClass, withoutBuffer } from './without-buffer';

/**
 * Loaded by node before dataform's own code (see ../dataform.ts). In its compile worker it saves
 * time, and changes nothing of what is compiled; in its main process it asks the local BigQuery for
 * no more than is read.
 */
const main = process.argv[1] ?? '';
if (basename(main) === 'worker_bundle.js') hasten(main);
else if (basename(main) === 'bundle.js' && process.env.BIGQUERY_EMULATOR_HOST) askBasic(main);

function askBasic(cli: string): void {
  try {
    const { Table }: { Table: TableClass } = createRequire(cli)('@google-cloud/bigquery');
    askBasicMetadata(Table);
  } catch {
    // Another client than the one known: it works without, only slower.
  }
}

function hasten(worker: string): void {
  answerOnce(process);
  fs.realpathSync = fastRealpath(fs.realpathSync);
  try {
    const load = createRequire(worker);
    const vm2 = dirname(load.resolve('vm2'));
    const folder = join(dirname(vm2), '.cache', 'tributary');
    const names = ['vm2', 'acorn', 'acorn-walk'];
    const versions = names.map((name) => versionOf(createRequire(join(vm2, 'index.js')), name));
    const cli = versionOf(createRequire(worker), './package.json');
    const scripts = new KeptResults(join(folder, 'scripts.json'), versions.join(), isTransformed);
    const models = new KeptResults(join(folder, 'models.json'), cli, isText);
    const transforming: { transformer: Transformer } = load(join(vm2, 'lib', 'transformer.js'));
    transforming.transformer = cachedTransformer(
      transforming.transformer,
      join(folder, 'scripts'),
      versions.join(' '),
      scripts,
    );
    // Only now: vm2 takes its transformer when it is loaded.
    const sandboxes: { NodeVM: NodeVmClass } = load('vm2');
    sandboxes.NodeVM = withKeptCompiler(withoutBuffer(sandboxes.NodeVM), models);
    keepAnswers(worker, dirname(vm2), folder, [cli, ...versions], () => {
      scripts.save();
      models.save();
    });
  } catch {
    // Another vm2 than the one known: it works without, only slower.
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The worker's code is loaded when there is something to compile. */
function keepAnswers(
  worker: string,
  modules: string,
  folder: string,
  versions: readonly string[],
  keep: () => void,
): void {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const runMain = Module.runMain;
  Module.runMain = (main) =>
    answerFirst(
      process,
      {
        answers: new AnswerCache(join(folder, 'compiled')),
        ownFolders: [dirname(worker), join(modules, 'vm2'), folder],
        versions: JSON.stringify([process.versions, versions, locale, timeZone]),
        keep,
      },
      () => runMain(main),
    );
}

function versionOf(load: NodeJS.Require, name: string): string {
  return load(name.startsWith('.') ? name : `${name}/package.json`).version;
}
