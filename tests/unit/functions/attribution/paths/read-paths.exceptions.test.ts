import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPaths } from '@tributary/functions/attribution/paths/read-paths';

const folder = mkdtempSync(join(tmpdir(), 'paths-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(text: string | Buffer | undefined, file = 'p.csv'): Promise<string> {
  const path = join(folder, file);
  if (text !== undefined) writeFileSync(path, text);
  const error = await readPaths(path).catch((thrown) => thrown);
  expect(error).toHaveProperty('name', 'UserError');
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message.replace(`${folder}/`, '');
}

describe('readPaths refuses with one sentence', () => {
  it.each([
    ['a count that is no number', 'a,many,1', 'total_conversions is no number (many); write it'],
    ['a number with a unit', 'a,1,2%', 'total_null is no number (2%)'],
    ['two points', 'a,1.2.3,1', 'total_conversions is no number (1.2.3)'],
    ['a hexadecimal number', 'a,0x1,1', 'total_conversions is no number (0x1)'],
    ['a number beyond all bounds', 'a,1e999,1', 'total_conversions is no number (1e999)'],
    ['a number that sums lose', 'a,1e308,1', 'total_conversions is 1e308; give numbers up to 1e15'],
    ['a quoted number with a comma', 'a,"1,2",1', 'total_conversions is no number (1,2); write'],
    ['a quoted number on two lines', 'a,"1\n2",1', 'total_conversions is no number (1 2); write'],
    ['an empty count', 'a,,1', 'total_conversions is empty; write 0 for none'],
    ['a count below 0', 'a,-1,1', 'a count is below 0; give each path'],
    ['an empty channel between', 'a > > b,1,0', 'a channel is empty; write a name on both'],
    ['an empty channel at the end', 'a >,1,0', 'a channel is empty'],
    ['an empty channel at the begin', '> a,1,0', 'a channel is empty'],
    ['a channel of a tab', 'a > \t > b,1,0', 'a channel is empty'],
    ['a channel of a fixed blank', 'a > \u00a0 > b,1,0', 'a channel is empty'],
    ['an arrow alone', '">",1,0', 'a channel is empty'],
    ['too few columns', 'a,1', 'there are 2 columns where the header has 3; give each its own'],
    ['too many columns', 'a,b,1,0', 'total_conversions is no number (b)'],
    ['too many columns at the end', 'a,1,0,0', "there are more than the header's 3 columns"],
    ['text behind a quote', '"a" b,1,0', 'something stands behind the closing quote of path'],
    ['a quote that is not closed', '"a > b,1,0', 'the path goes over several lines; close its'],
    ['a carriage return alone', 'a,1\r,0', 'there are 2 columns where the header has 3'],
    ['a name without end', `${'x'.repeat(5000)},1,0`, 'a channel has more than 4096 bytes'],
  ])('%s', async (_, line, sentence) => {
    const text = `path,total_conversions,total_null\nb > c,1,0\n${line}\n`;
    expect(await refusal(text)).toContain(`p.csv, line 3: ${sentence}`);
  });

  it.each([
    ['text behind a quote', '"a > b" c,1,0', 'something stands behind the closing quote of path'],
    ['a quote that is not closed', '"a > b,1,0', 'the path goes over several lines; close its'],
    ['an arrow at the end', '"a > b >",1,0', 'a channel is empty'],
    ['a count below 0', '"a > b",1,-1', 'a count is below 0; give each path'],
  ])('%s, of channels that it knows in quotes', async (_, line, sentence) => {
    const text = `path,total_conversions,total_null\n${'"a > b",1,0\n'.repeat(3)}${line}\n`;
    expect(await refusal(text)).toContain(`p.csv, line 5: ${sentence}`);
  });

  it('counts lines within quotes, and empty ones', async () => {
    const text = 'note,path,total_conversions\n"one\ntwo",a,1\n\nthree,b,x\n';
    expect(await refusal(text)).toMatch(/^p\.csv, line 5: total_conversions is no number/);
  });

  it('semicolons between columns', async () => {
    expect(await refusal('path;total_conversions\na > b;1\n')).toMatch(
      /line 1: the columns stand apart by semicolons; save the file with commas/,
    );
  });

  it('a value without a conversion', async () => {
    const text = 'path,total_conversions,total_conversion_value\na,0,7\n';
    expect(await refusal(text)).toMatch(/^p\.csv, line 2: there is a value without a conversion/);
  });

  it('a quote that is not closed in another column', async () => {
    const text = 'path,total_conversions,note\na,1,"b\n';
    expect(await refusal(text)).toBe(
      'p.csv, line 2: a quote is not closed; close it or leave it out.',
    );
  });

  it('a missing column, naming those that are there', async () => {
    expect(await refusal('way,total_conversions\na,1\n')).toBe(
      'p.csv, line 1: there is no column path; add it, or name yours with --path-column (the file has: way, total_conversions).',
    );
    expect(await refusal('path,won\na,1\n')).toMatch(
      /there is no column total_conversions \(or conversions\); add it, or name yours with --conversions-column/,
    );
  });

  it('a column that stands twice', async () => {
    expect(await refusal('path,total_conversions,path\n')).toBe(
      'p.csv, line 1: the column path stands twice; give each its own name.',
    );
  });

  it('bytes that are no UTF-8', async () => {
    const text = Buffer.from('path,total_conversions\nK\xf6ln,1\n', 'latin1');
    expect(await refusal(text)).toBe(
      'p.csv, line 2: a channel is no UTF-8; save the file as UTF-8.',
    );
  });

  it('more channels than can be told apart', async () => {
    const rows = Array.from({ length: 65_536 }, (_, at) => `c${at},1`);
    expect(await refusal(`path,total_conversions\n${rows.join('\n')}\n`)).toMatch(
      /^p\.csv, line 65537: there are more than 65535 channels; group them/,
    );
  });

  it('a file without paths', async () => {
    expect(await refusal('path,total_conversions\n')).toBe(
      'p.csv has no paths; give one line for each path below the header.',
    );
    expect(await refusal('')).toMatch(/^p\.csv, line 1: there is no column path/);
  });

  it('a file that is not there, or no file', async () => {
    expect(await refusal(undefined, 'none.csv')).toBe('none.csv does not exist; check the path.');
    expect(await refusal(undefined, '.')).toMatch(/cannot be read \(.*\); check the file\.$/);
  });

  it('a packed file that is none', async () => {
    expect(await refusal('path', 'p.csv.gz')).toMatch(/^p\.csv\.gz cannot be read \(/);
  });
});
