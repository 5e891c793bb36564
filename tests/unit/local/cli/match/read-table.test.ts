import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '@tributary/functions/shared/duckdb';
import { readTable } from '@tributary/local/cli/match/read-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(contents: readonly string[], sql: string): Promise<unknown[]> {
  const files = contents.map((content, at) => {
    const file = join(folder, `${at}.csv`);
    writeFileSync(file, content);
    return file;
  });
  const instance = await openDuckDb();
  const connection = await instance.connect();
  try {
    await readTable(connection, files, folder);
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test('records are numbered in the order of the files, whatever their size', async () => {
  const ids = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `${from + at},x`).join('\n');
  const contents = [`id,name\n${ids(0, 300_000)}\n`, `id,name\n${ids(300_000, 300_010)}\n`];
  const wrong = `SELECT count(*)::INTEGER, count(*) FILTER ("record no" != id::INTEGER + 1)::INTEGER,
    count(*) FILTER ("source no" = 1)::INTEGER FROM input`;
  expect(await read(contents, wrong)).toEqual([[300_010, 0, 10]]);
});

test('blanks around values are no part of them, and nothing is NULL', async () => {
  const content = 'id,name\n1,"  anna maria\u00a0"\n2,"\t"\n3,"otto "\n4,\u00a0öter\n5,max\n';
  expect(await read([content], 'SELECT name FROM input ORDER BY "record no"')).toEqual([
    ['anna maria'],
    [null],
    ['otto'],
    ['öter'],
    ['max'],
  ]);
});

test('a line with too few values is named', async () => {
  await expect(read(['id,name,city\n1,anna,ulm\n2,otto\n'], '')).rejects.toThrow(
    /0\.csv, line 3 cannot be read: .*; mend the file and try again\.$/,
  );
});

test.each([
  [
    'id,name\r\n1,anna\r\n2,otto\n3,ida\r\n',
    /0\.csv, line 3 ends in LF and line 1 in CRLF; end all lines alike\.$/,
  ],
  [
    'id,name\n1,anna\r\n2,otto\n3,ida\n',
    /0\.csv, line 2 ends in CRLF and line 1 in LF; end all lines alike\.$/,
  ],
])('lines that end in two ways are named', async (content, sentence) => {
  await expect(read([content], '')).rejects.toThrow(sentence);
});

test('a file of another kind is named as the user named it', async () => {
  const file = join(folder, 'customers.csv.gz');
  writeFileSync(file, Buffer.from([0x1f, 0x8b, 0xff, 0xfe, 10]));
  const instance = await openDuckDb();
  const connection = await instance.connect();
  await expect(readTable(connection, [file], folder)).rejects.toThrow(
    `${file} has an ending that is not known`,
  );
  connection.closeSync();
  instance.closeSync();
});
