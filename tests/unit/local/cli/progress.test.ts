import { createProgress } from '@tributary/local/cli/progress';

const lines: string[] = [];
const isTTY = process.stderr.isTTY;

beforeEach(() => {
  lines.length = 0;
  // A file, a pipe or CI: what is no terminal gets plain lines.
  process.stderr.isTTY = false;
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

test('a step has a line at its start and one at its end, with its time', async () => {
  const progress = await createProgress();
  const answer = await progress.step('Models', async () => {
    jest.setSystemTime(2340);
    return 42;
  });
  expect(answer).toBe(42);
  expect(lines).toEqual(['Models ...\n', 'Models: done in 2.3 s\n']);
});

test('updates within a second are left out, so that a log stays readable', async () => {
  const progress = await createProgress();
  await progress.step('Models', async (update) => {
    for (let at = 0; at <= 3000; at += 100) {
      jest.setSystemTime(at);
      update(`${at} done`);
    }
  });
  expect(lines.slice(1, -1)).toEqual([
    'Models: 1000 done\n',
    'Models: 2000 done\n',
    'Models: 3000 done\n',
  ]);
});

test('a step that fails says nothing of its own and throws on', async () => {
  const progress = await createProgress();
  const failing = progress.step('Models', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(lines).toEqual(['Models ...\n']);
});

test('quiet leaves warnings alone', async () => {
  const progress = await createProgress({ quiet: true });
  await progress.step('Models', async (update) => update('half'));
  progress.note('by the way');
  progress.warn('mind this');
  expect(lines).toEqual(['Warning: mind this\n']);
});
