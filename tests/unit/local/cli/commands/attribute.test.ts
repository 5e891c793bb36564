import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerAttribute } from '@tributary/local/cli/commands/attribute';
import { Command, CommanderError } from 'commander';

const folder = mkdtempSync(join(tmpdir(), 'attribute-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

const paths = join(folder, 'paths.csv');
writeFileSync(
  paths,
  `path,total_conversions,total_conversion_value,total_null
c1 > c2 > c3,1,30,0
c1,0,0,1
c2 > c3,0,0,1
`,
);

/** What the command prints; it is called as on the command line. */
async function attribute(...args: string[]): Promise<string> {
  let printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerAttribute(program);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  await program.parseAsync(['attribute', ...args], { from: 'user' });
  return printed;
}

describe('attribute --paths', () => {
  it('prints the credits of one model, and where they come from', async () => {
    expect(await attribute('--paths', paths, '--model', 'markov')).toBe(
      `channel  credit    share  removal effect  value
-------  ------  -------  --------------  -----
c2        0.400   40.00%        1.000000  12.00
c3        0.400   40.00%        1.000000  12.00
c1        0.200   20.00%        0.500000   6.00
total     1.000  100.00%                  30.00

3 paths, 3 journeys, 1 conversion.
Markov, order 1: Solved in closed form.
`,
    );
  });

  it('prints all models side by side', async () => {
    expect(await attribute('--paths', paths)).toBe(
      `channel  first  last  linear  markov  shapley
-------  -----  ----  ------  ------  -------
c3        0.00  1.00    0.33    0.40     0.33
c1        1.00  0.00    0.33    0.20     0.33
c2        0.00  0.00    0.33    0.40     0.33
total     1.00  1.00    1.00    1.00     1.00

3 paths, 3 journeys, 1 conversion.
Markov, order 1: Solved in closed form.
Shapley, conversion rate: Exact over the subsets of 3 channels.
`,
    );
  });

  it('counts one of a kind as one', async () => {
    const single = join(folder, 'single.csv');
    writeFileSync(single, 'path,total_conversions\na,1\n');
    const printed = await attribute('--paths', single);
    expect(printed).toContain('\n1 path, 1 journey, 1 conversion.\n');
    expect(printed).toContain('Exact over the subsets of 1 channel.\n');
  });

  it('prints JSON', async () => {
    const rows = JSON.parse(
      await attribute('--paths', paths, '--model', 'shapley', '--json'),
    ) as unknown[];
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      model: 'shapley',
      channel: 'c1',
      credit: expect.closeTo(1 / 3, 12),
      share: expect.closeTo(1 / 3, 12),
      shapley_value: expect.closeTo(1 / 9, 12),
      value: expect.closeTo(10, 12),
    });
  });

  it('writes a file, and prints nothing then', async () => {
    const out = join(folder, 'credits.csv');
    expect(await attribute('--paths', paths, '--model', 'last', '--out', out)).toBe('');
    expect(readFileSync(out, 'utf8')).toBe(
      'model,channel,credit,share,value\nlast,c3,1,1,30\nlast,c1,0,0,0\nlast,c2,0,0,0\n',
    );
    await attribute('--paths', paths, '--out', out);
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(1 + 5 * 3 + 1);
  });

  it('keeps conversions without touches as (none), and long names within 80 columns', async () => {
    const file = join(folder, 'names.csv');
    writeFileSync(file, `way,n,v\n${'long name '.repeat(12)},3,1\n,1,5\n`);
    const named = ['--path-column', 'way', '--conversions-column', 'n', '--value-column', 'v'];
    const printed = await attribute('--paths', file, ...named);
    expect(printed).toMatch(/\n\(none\) +1\.00 +1\.00 +1\.00 +1\.00 +1\.00\ntotal +4\.00/);
    expect(printed).toContain('…');
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const one = await attribute('--paths', file, '--model', 'last', ...named);
    expect(one).toMatch(/\n\(none\) +1\.000 +25\.00% +5\.00\ntotal +4\.000 +100\.00% +6\.00/);
  });
});

describe('attribute refuses', () => {
  it.each([
    [['--paths', paths, '--parameters', 'p.json'], '--paths goes without --journeys and'],
    [['--paths', paths, '--model', 'last', '--order', '2'], '--order is of --model markov;'],
    [['--journeys', 'j.csv'], 'Give --journeys with --parameters, or --paths'],
    [[], 'Give --journeys with --parameters, or --paths'],
    [
      ['--journeys', 'j.csv', '--parameters', 'p.json', '--model', 'last'],
      '--model is for --paths; leave it out with --journeys.',
    ],
    [
      ['--journeys', 'j.csv', '--parameters', 'p.json', '--path-column', 'x'],
      '--path-column is for --paths; leave it out with --journeys.',
    ],
    [['--paths', paths, '--value-column', 'none'], 'there is no column none; add it'],
  ])('%j', async (args, sentence) => {
    await expect(attribute(...args)).rejects.toThrow(sentence);
  });

  it.each([
    ['--model', 'markow'],
    ['--order', '5'],
  ])('%s %s', async (...args) => {
    await expect(attribute('--paths', paths, ...args)).rejects.toThrow(CommanderError);
  });
});
