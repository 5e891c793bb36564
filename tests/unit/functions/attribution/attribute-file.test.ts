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

  it('counts a session that stands twice in a journey once, and says so', async () => {
    const header =
      'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement';
    const row = (session: string, hour: string, conversion = 'c1') =>
      `${conversion},${session},2026-01-01 ${hour}:00:00,Direct,0,0`;
    const lines = [header, row('a', '10'), row('b', '11')];
    const other = row('a', '09', 'c2');
    writeFileSync(path('once.csv'), [...lines, other].join('\n'));
    writeFileSync(path('twice.csv'), [...lines, row('a', '10'), row('b', '12'), other].join('\n'));
    const [once, twice] = [streams(), streams()];
    await attributeFile({ journeys: path('once.csv'), parameters, ...once });
    const result = await attributeFile({ journeys: path('twice.csv'), parameters, ...twice });
    const [answers, said] = twice.texts();
    expect(answers).toBe(once.texts()[0]);
    expect(said).toBe('Sessions left out: 2 with a session id that the journey already has.\n');
    expect(result.excludedCount).toBe(2);
  });

  it('warns of channels without weights where their sessions are scored, and not of others', async () => {
    writeFileSync(
      path('weights.csv'),
      `conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,conversion
c1,a,2026-01-01 10:00:00,Unknown,0,0,0
c1,b,2026-01-01 11:00:00,Direct,0,0,1
c1,c,2026-01-01 12:00:00,Later,0,0,0
`,
    );
    const { texts, ...io } = streams();
    const channel_weights = { Direct: { initializer: 1, holder: 1, closer: 1 } };
    writeFileSync(path('weights.json'), JSON.stringify({ ...simpleParameters, channel_weights }));
    const files = { journeys: path('weights.csv'), parameters: path('weights.json') };
    await attributeFile({ ...files, ...io });
    expect(texts()[1]).toBe(
      'Warning: Channels without weights, scored with 1: Unknown.\nSessions left out: 1 after the conversion.\n',
    );
  });

  it('scores a journey of 10,000 sessions whose times are out of order or equal', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => {
      const time = new Date(Date.UTC(2026, 0, 1) + ((index * 7919) % 2000) * 60_000).toISOString();
      return `c1,s${index},${time},Direct,1,1`;
    });
    writeFileSync(
      path('long.csv'),
      `conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement\n${rows.join('\n')}\n`,
    );
    const { texts, ...io } = streams();
    const out = path('long-answers.csv');
    const result = await attributeFile({ journeys: path('long.csv'), parameters, out, ...io });
    expect(result.sessionCount).toBe(10_000);
    const credit = readFileSync(out, 'utf8').trim().split('\n').slice(1);
    const sum = credit.reduce((total, line) => total + Number(line.split(',').at(-1)), 0);
    expect(sum).toBeCloseTo(1, 9);
    expect(texts()[1]).toBeUndefined();
  });

  it('warns of a curve that turns, and follows it', async () => {
    const turning = path('turning.json');
    const closer_curve = { hours_to_conversion: [0, 1, 2], membership: [1, 0, 0.9] };
    writeFileSync(turning, JSON.stringify({ ...simpleParameters, closer_curve }));
    const { texts, ...io } = streams();
    const result = await attributeFile({ journeys, parameters: turning, ...io });
    expect(result.sessionCount).toBe(3);
    expect(texts()[1]).toMatch(/^Warning: closer_curve rises to 0.9 at 2 h.*\.\nSessions left out/);
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

  it('reads parameters behind a byte order mark', async () => {
    const marked = path('marked.json');
    writeFileSync(marked, `\ufeff${readFileSync(parameters, 'utf8')}`);
    const { texts, ...io } = streams();
    await attributeFile({ journeys, parameters: marked, ...io });
    expect(texts()[0]).toBe(answer);
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
