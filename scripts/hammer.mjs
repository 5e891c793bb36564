// Runs the tests that draw with many more draws, from a new seed: what a change may have broken in a
// case that one run in a thousand meets.
//
//   npm run test:hammer                      30 times as many, hours
//   npm run test:hammer -- 100 tests/unit    a hundred times as many, of a part
//
// One file after the other, so that a computer can be used meanwhile. A failure prints its seed and its
// counterexample, which belongs into the test as an example.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [times = '30', ...parts] = process.argv.slice(2);
if (!(Number.isInteger(Number(times)) && Number(times) > 0)) {
  fail(`How many times as many draws? "${times}" is no whole number above 0.`);
}

const sources = readdirSync(path.join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .map((name) => path.join('tests', name))
  .filter((name) => name.endsWith('.ts'))
  .filter((name) => readFileSync(path.join(root, name), 'utf8').includes("from 'fast-check'"));
const jest = ['jest', '--findRelatedTests', 'tests/support/draws.ts', ...sources];
const tests = execFileSync('npx', [...jest, '--listTests'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .map((name) => path.relative(root, name))
  .filter((name) => name.startsWith('tests'))
  .filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
  .sort();
if (tests.length === 0) fail(`No test that draws is in ${parts.join(' or ')}.`);

const limits = ['--maxWorkers=1', `--testTimeout=${60_000 * Number(times)}`];
const { status } = spawnSync('npx', ['jest', ...limits, '--runTestsByPath', ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEST_TIMES: times, CI: '' },
});
process.exitCode = status ?? 1;

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
