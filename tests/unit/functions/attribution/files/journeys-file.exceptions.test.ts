import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJourneyFile } from '@tributary/functions/attribution/files/journeys-file';

const folder = mkdtempSync(join(tmpdir(), 'journeys-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const header =
  'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement';
const good = 'c1,s1,2026-01-01 10:00:00,Direct,1,0';

async function refusal(name: string, text: string | Buffer | undefined): Promise<string> {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  const error = await readJourneyFile(path, { missing: 'refuse' }).catch((thrown) => thrown);
  expect(error).toHaveProperty('name', 'UserError');
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message.replace(`${folder}/`, '');
}

describe('readJourneyFile refuses with one sentence', () => {
  it.each([
    [
      'a time that is none',
      'c1,s2,yesterday,Direct,1,0',
      'timestamp is no time (yesterday); write',
    ],
    ['a day that is none', 'c1,s2,2026-02-30 10:00:00,Direct,1,0', 'timestamp is no time'],
    ['a missing time', 'c1,s2,,Direct,1,0', 'timestamp is empty; give every session its start'],
    ['a time out of range', 'c1,s2,1969-12-31 23:00:00,Direct,1,0', 'timestamp is out of range'],
    [
      'an engagement that is no number',
      'c1,s2,2026-01-01 11:00:00,Direct,much,0',
      'holder_engagement is neither 0 nor 1; write 1 for yes',
    ],
    [
      'an engagement out of range',
      'c1,s2,2026-01-01 11:00:00,Direct,1,2',
      'closer_engagement is neither 0 nor 1',
    ],
    [
      'an empty channel',
      'c1,s2,2026-01-01 11:00:00, ,1,0',
      'channel_label is empty; give every session a channel',
    ],
    ['an empty conversion', ',s2,2026-01-01 11:00:00,Direct,1,0', 'conversion_id is empty'],
    ['an empty session', 'c1,,2026-01-01 11:00:00,Direct,1,0', 'session_id is empty'],
  ])('%s', async (_, line, sentence) => {
    const message = await refusal('j.csv', `${header}\n${good}\n${line}\n`);
    expect(message).toContain(`j.csv, line 3: column ${sentence}`);
  });

  it('counts empty lines, and lines within quotes', async () => {
    const text = `${header}\r\n\r\n${good}\r\n\r\nc1,"s\r\n\r\n2",2026-01-01 11:00:00,Direct,x,0\r\n`;
    expect(await refusal('blank.csv', text)).toContain(
      'blank.csv, line 5: column holder_engagement',
    );
  });

  it('a file that is no UTF-8', async () => {
    const line = 'c1,s2,2026-01-01 11:00:00,\u00e4\u00f6,1,0\n';
    const text = Buffer.from(`${header}\n${good}\n${line}`, 'latin1');
    expect(await refusal('latin.csv', text)).toBe(
      'latin.csv, line 3 is no UTF-8; save the file as UTF-8.',
    );
  });

  it('a NUL byte', async () => {
    const text = `${header}\n${good}\nc1,s2,2026-01-01 11:00:00,A\u0000B,1,0\n`;
    expect(await refusal('nul.csv', text)).toBe('nul.csv, line 3 holds a NUL byte; remove it.');
  });

  it('a missing column, naming those that are there', async () => {
    const message = await refusal('c.csv', 'conversion_id,session_id,when\nc1,s1,2026-01-01\n');
    expect(message).toBe(
      'c.csv has no column timestamp (or started_at, occurred_at); add it (the file has: conversion_id, session_id, when).',
    );
  });

  it('a line with too few columns', async () => {
    const lines = Array.from({ length: 50 }, () => good).join('\n');
    const message = await refusal('s.csv', `${header}\n${lines}\nc1,s1\n${good}\n`);
    expect(message).toBe(
      's.csv, line 52 cannot be read: Expected Number of Columns: 6 Found: 2; mend the file and try again.',
    );
  });

  it('a file that does not exist', async () => {
    expect(await refusal('none.csv', undefined)).toBe('none.csv does not exist; check the path.');
  });

  it('an ending that is not known', async () => {
    expect(await refusal('j.xlsx', '')).toMatch(/ending that is not known; use \.csv/);
  });

  it('a file with a header alone', async () => {
    expect(await refusal('h.csv', `${header}\n`)).toMatch(/^h\.csv has no rows/);
  });

  it('an empty file', async () => {
    expect(await refusal('e.csv', '')).toBe(
      'e.csv has no header in its first line; write the column names there.',
    );
  });

  it('a column that stands twice', async () => {
    expect(await refusal('t.csv', `${header},timestamp\n`)).toBe(
      't.csv has the column timestamp twice; give each its own name.',
    );
  });

  it('a column without a name', async () => {
    expect(await refusal('n.csv', `${header.replace(',', ',,')}\n`)).toBe(
      'n.csv has no name for column 2 in its first line; give each column one.',
    );
  });

  it('a line of NDJSON that is none', async () => {
    const line =
      '{"conversion_id":"c1","session_id":"s1","timestamp":"2026-01-01 10:00:00","channel_label":"Direct","holder_engagement":1,"closer_engagement":0}';
    expect(await refusal('b.ndjson', `${line}\n{"conversion_id":\n`)).toMatch(
      /^b\.ndjson, line 2 cannot be read: /,
    );
  });

  it('a Parquet file that is none', async () => {
    expect(await refusal('b.parquet', 'PAR?')).toMatch(/^b\.parquet cannot be read: /);
  });
});
