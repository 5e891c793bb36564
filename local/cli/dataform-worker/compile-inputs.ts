import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a compiled project was made from, as far as files of the project go. */
export interface CompileInputs {
  /** A hash of everything: other inputs, another key. */
  readonly key: string;
  /** The files whose contents are in the key; of all others only the names are. */
  readonly files: ReadonlySet<string>;
}

/** Dataform compiles what is in these folders, and the settings beside them. */
const FOLDERS = ['definitions', 'includes'];
const SETTINGS = ['workflow_settings.yaml', 'dataform.json', 'package.json', 'package-lock.json'];
const INSTALLED = ['.package-lock.json', '@dataform/core/package.json', '@dataform/core/bundle.js'];

/** In larger projects looking for changes would take as long as compiling. */
const MOST_NAMES = 20_000;

/** What JavaScript gives another answer for at another time; such a project is compiled each time. */
const CHANGING = [
  /\b(Date|Intl|Temporal|crypto|eval|Function|performance|process|globalThis)\b/,
  // All of Math but its dice.
  /\bMath\b(?!\.(?!random\b)\w)/,
];

/** A date that is made of something given is the same at all times. */
const DATE_OF = /\bnew Date\((?=\s*[\w'"`])|\bDate\.(?:parse|UTC)\(/g;

/**
 * The inputs of a compilation with these settings (of the request and of whoever compiles). All
 * names in the project are in the key: Dataform hands them on, and a file that was missing could
 * appear anywhere. Undefined where the key would not say everything.
 */
export function compileInputs(projectDir: string, settings: unknown): CompileInputs | undefined {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  const add = (text: string | Buffer) => hash.update(`${text.length} `).update(text);
  const names: string[] = [];
  const files = new Set<string>();
  const list = (folder: string): boolean =>
    readdirSync(join(projectDir, folder), { withFileTypes: true }).every((entry) => {
      if (names.length >= MOST_NAMES) return false;
      const name = join(folder, entry.name);
      if (entry.isDirectory()) return isLeftOut(entry) || list(name);
      names.push(name);
      if (!FOLDERS.includes(name.split('/')[0] ?? '')) return true;
      files.add(join(projectDir, name));
      return entry.isFile();
    });
  if (!list('')) return undefined;
  for (const name of names.sort()) add(name);
  for (const file of [...files].sort()) {
    const text = readFileSync(file);
    if (!file.endsWith('.md') && isChanging(text.toString('utf8'))) return undefined;
    add(file);
    add(text);
  }
  const others = [...SETTINGS, ...INSTALLED.map((name) => join('node_modules', name))];
  for (const file of others.map((name) => join(projectDir, name))) {
    files.add(file);
    add(existsSync(file) ? readFileSync(file) : 'absent');
  }
  return { key: hash.digest('hex'), files };
}

function isChanging(code: string): boolean {
  const rest = code.replace(DATE_OF, '');
  return CHANGING.some((pattern) => pattern.test(rest));
}

const isLeftOut = ({ name }: Dirent): boolean => name === 'node_modules' || name.startsWith('.');
