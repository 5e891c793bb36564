import { EventEmitter } from 'node:events';
import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AnswerCache } from '@tributary/local/cli/dataform-worker/answer-cache';
import { answerFirst, type Line } from '@tributary/local/cli/dataform-worker/answer-first';

let root: string;
let project: string;
let kept: string;
/** How many times the project was compiled. */
let compiled: number;
/** How many times what was made of single files was kept. */
let keptFiles: number;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'answer-first-')));
  project = join(root, 'project');
  kept = join(root, 'kept');
  compiled = 0;
  keptFiles = 0;
  write('definitions/a.sqlx', 'SELECT 1');
  write('includes/settings.js', 'module.exports = { days: 30 };');
  write('includes/README.md', 'A process without a Date');
  write('workflow_settings.yaml', 'defaultProject: p');
  write('node_modules/@dataform/core/bundle.js', 'core');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  const file = join(project, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

interface Work {
  readonly read?: readonly string[];
  readonly during?: () => void;
  readonly answer?: unknown;
}

/** One worker's life: booted, asked, answered. The "compiled" project is the text of its files. */
function ask(request: object = {}, work: Work = {}): unknown {
  const sent: unknown[] = [];
  const line: Line = Object.assign(new EventEmitter(), {
    send: (message: unknown) => sent.push(message) > 0,
  });
  const begin = () => {
    line.on('message', () => {
      compiled += 1;
      const files = ['definitions/a.sqlx', 'includes/settings.js', ...(work.read ?? [])];
      const texts = files.map((name) => fs.readFileSync(join(project, name), 'utf8'));
      work.during?.();
      line.send?.('answer' in work ? work.answer : texts.join('\n'));
    });
  };
  const keep = () => {
    expect(sent).toHaveLength(1); // Who has the answer ends the worker.
    keptFiles += 1;
  };
  const cache = { answers: new AnswerCache(kept), ownFolders: [], versions: '1', keep };
  answerFirst(line, cache, begin);
  expect(sent).toEqual([{ type: 'worker_booted' }]);
  line.emit('message', { projectDir: project, ...request });
  expect(sent).toHaveLength(2);
  return sent[1];
}

test('a project that did not change is compiled once', () => {
  const first = ask();
  expect(first).toBe('SELECT 1\nmodule.exports = { days: 30 };');
  expect(ask()).toBe(first);
  expect(ask({ timeoutMillis: 600_000, verbose: true })).toBe(first);
  expect([compiled, keptFiles]).toEqual([1, 1]);
});

test.each<[string, () => void]>([
  ['a model changes', () => write('definitions/a.sqlx', 'SELECT 2')],
  ['an include changes', () => write('includes/settings.js', 'module.exports = { days: 31 };')],
  ['the settings change', () => write('workflow_settings.yaml', 'defaultProject: q')],
  ['packages are installed', () => write('package-lock.json', '{}')],
  ["Dataform's core changes", () => write('node_modules/@dataform/core/bundle.js', 'other')],
  ['a model is added', () => write('definitions/deep/b.sqlx', 'SELECT 3')],
  ['a file is added elsewhere, that was missing', () => write('lib/missing.js', '')],
  ['a file goes', () => rmSync(join(project, 'includes/README.md'))],
])('where %s, it is compiled again', (_, change) => {
  ask();
  change();
  ask();
  expect(compiled).toBe(2);
});

test('where variables are given, it is compiled again', () => {
  ask();
  ask({ projectConfigOverride: { vars: { a: '1' } } });
  expect(compiled).toBe(2);
});

test.each(['new Date(2026, 1)', 'Date.parse("2026-11-22")', 'Math.floor(2.5)', '"random"'])(
  'a project that asks %s is compiled once: its answer stays',
  (code) => {
    write('includes/settings.js', `module.exports = { value: ${code} };`);
    ask();
    ask();
    expect(compiled).toBe(1);
  },
);

const CHANGING = [
  'new Date()',
  'new Date( )',
  'new Date(...[])',
  'Date.now()',
  'Math.random()',
  "Math['random']()",
  'Object.values(Math)',
  'process.env.HOME',
  'new Intl.DateTimeFormat().format()',
];

test.each(CHANGING)('a project that asks %s is compiled each time', (code) => {
  write('includes/settings.js', `module.exports = { value: ${code} };`);
  ask();
  ask();
  expect(compiled).toBe(2);
});

test('an answer is not kept where a file was read that is not looked at', () => {
  write('elsewhere.js', 'one');
  ask({}, { read: ['elsewhere.js'] });
  write('elsewhere.js', 'two');
  expect(ask({}, { read: ['elsewhere.js'] })).toContain('two');
});

test('an answer is not kept where a file changed in the meantime', () => {
  ask({}, { during: () => write('definitions/a.sqlx', 'SELECT 2') });
  write('definitions/a.sqlx', 'SELECT 1');
  ask();
  expect(compiled).toBe(2);
});

test('failures are not kept, and other messages go to the worker', () => {
  expect(ask({}, { answer: { message: 'wrong' } })).toEqual({ message: 'wrong' });
  ask({ type: 'jit_compile' });
  ask();
  expect(compiled).toBe(3);
});

test('an answer that was cut off is not given', () => {
  const whole = ask();
  for (const name of readdirSync(kept)) {
    const file = join(kept, name);
    writeFileSync(file, fs.readFileSync(file, 'utf8').slice(0, -1));
  }
  expect(ask()).toBe(whole);
  expect(compiled).toBe(2);
});

test('old answers go', () => {
  for (let n = 0; n < 12; n++) {
    write('definitions/a.sqlx', `SELECT ${n}`);
    ask();
  }
  expect(readdirSync(kept).length).toBeLessThanOrEqual(6);
});
