import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { DuckDBInstance } from '@duckdb/node-api';
import { attributeFile } from '@tributary/functions/attribution/attribute-file';
import { simpleParameters } from './support';

const folder = mkdtempSync(join(tmpdir(), 'attribute-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

const journeys = path('journeys.csv');
const parameters = path('parameters.json');
writeFileSync(parameters, JSON.stringify(simpleParameters));
writeFileSync(
  journeys,
  `request,conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,conversion
r1,c1,late,2026-01-01 12:00:00,Direct,0,0,0
r1,c1,last,2026-01-01 11:00:00,Direct,0,0,1
r1,c1,first,2026-01-01 10:00:00,Direct,0,0,0
r2,c1,only,2026-01-01 10:00:00,Direct,0,0,1
`,
);

/** Both streams as text. */
function streams() {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  return { stdout, stderr, texts: () => [stdout.read()?.toString(), stderr.read()?.toString()] };
}

const answer = `request,conversion_id,session_id,initializer,holder,closer,ihc
r1,c1,last,0,0,1,0.5
r1,c1,first,1,0,0,0.5
r2,c1,only,1,0,1,1
`;

describe('attributeFile', () => {
  it('writes CSV to standard output in the order of the file, and reports what it left out', async () => {
    const { texts, ...io } = streams();
    const result = await attributeFile({ journeys, parameters, ...io });
    expect(texts()).toEqual([answer, 'Sessions left out: 1 after the conversion.\n']);
    expect(result).toEqual({ journeyCount: 2, sessionCount: 3, excludedCount: 1 });
  });

  it('writes CSV and NDJSON files', async () => {
    const { texts: _, ...io } = streams();
    await attributeFile({ journeys, parameters, out: path('a.csv'), ...io });
    await attributeFile({ journeys, parameters, out: path('a.ndjson'), ...io });
    expect(readFileSync(path('a.csv'), 'utf8')).toBe(answer);
    const [first = ''] = readFileSync(path('a.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(first)).toEqual({
      request: 'r1',
      conversion_id: 'c1',
      session_id: 'last',
      initializer: 0,
      holder: 0,
      closer: 1,
      ihc: 0.5,
    });
  });

  it('writes Parquet', async () => {
    const { texts: _, ...io } = streams();
    await attributeFile({ journeys, parameters, out: path('a.parquet'), ...io });
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      `SELECT session_id, ihc FROM '${path('a.parquet')}'`,
    );
    expect(rows.getRows()).toEqual([
      ['last', 0.5],
      ['first', 0.5],
      ['only', 1],
    ]);
    connection.closeSync();
    instance.closeSync();
  });

  it.each([
    ['missing parameters', { parameters: path('none.json') }, /none\.json cannot be read; check/],
    ['parameters that are no JSON', { parameters: journeys }, /journeys\.csv is no JSON/],
    [
      'an ending that is not known',
      { out: path('a.txt') },
      /a\.txt has an ending that is not known/,
    ],
    [
      'a folder that is not there',
      { out: path('none/a.csv') },
      /none cannot be written .*choose another --out/,
    ],
  ])('refuses %s, and leaves no file', async (_, change, sentence) => {
    const { texts: __, ...io } = streams();
    await expect(attributeFile({ journeys, parameters, ...io, ...change })).rejects.toThrow(
      sentence,
    );
    expect(existsSync(path('a.txt'))).toBe(false);
  });
});
