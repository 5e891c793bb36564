import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readJourneyFile } from '@tributary/functions/attribution/files/journeys-file';

const folder = mkdtempSync(join(tmpdir(), 'journeys-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const csv = `conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,conversion
c1,s1,2026-01-01 10:00:00,"Affiliate, Partners",1,0,0
c1,s2,2026-01-01 12:00:00 +0200,Direct,true,1,1
c2,s1,2026-01-02T00:00:00.5Z,Direct,0,0,1
`;

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function writeParquet(name: string, select: string): Promise<string> {
  const path = join(folder, name);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}'`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

/** The rows as they were understood. */
async function read(path: string) {
  const { columns, conversionIds, requests } = await readJourneyFile(path, { missing: 'refuse' });
  return Array.from({ length: columns.rowCount }, (_, row) => [
    requests?.[columns.journey[row] as number],
    conversionIds[columns.journey[row] as number],
    columns.sessionIds[row],
    new Date((columns.time[row] as number) / 1000).toISOString(),
    columns.channels[columns.channel[row] as number],
    columns.holder[row],
    columns.closer[row],
    columns.conversion?.[row],
  ]);
}

const expected = [
  [undefined, 'c1', 's1', '2026-01-01T10:00:00.000Z', 'Affiliate, Partners', 1, 0, 0],
  [undefined, 'c1', 's2', '2026-01-01T10:00:00.000Z', 'Direct', 1, 1, 1],
  [undefined, 'c2', 's1', '2026-01-02T00:00:00.500Z', 'Direct', 0, 0, 1],
];

describe('readJourneyFile', () => {
  it('reads CSV', async () => {
    expect(await read(write('j.csv', csv))).toEqual(expected);
  });

  it('reads CSV of Windows, with a byte order mark', async () => {
    expect(await read(write('w.csv', `\ufeff${csv.replaceAll('\n', '\r\n')}`))).toEqual(expected);
  });

  it('reads NDJSON', async () => {
    const lines = [
      `{"conversion_id":"c1","session_id":"s1","timestamp":"2026-01-01 10:00:00","channel_label":"Affiliate, Partners","holder_engagement":1,"closer_engagement":0,"conversion":0}`,
      `{"session_id":"s2","conversion_id":"c1","timestamp":"2026-01-01 12:00:00 +0200","channel_label":"Direct","holder_engagement":true,"closer_engagement":1,"conversion":1}`,
      `{"conversion_id":"c2","session_id":"s1","timestamp":"2026-01-02T00:00:00.5Z","channel_label":"Direct","holder_engagement":0,"closer_engagement":0,"conversion":1}`,
    ];
    expect(await read(write('j.ndjson', `${lines.join('\n')}\n`))).toEqual(expected);
  });

  it('reads Parquet with typed columns and the names of the warehouse', async () => {
    const path = await writeParquet(
      'j.parquet',
      `SELECT * FROM (VALUES
        ('c1', 's1', TIMESTAMPTZ '2026-01-01 10:00:00+00', 'Affiliate, Partners', 1, 0, false),
        ('c1', 's2', TIMESTAMPTZ '2026-01-01 10:00:00+00', 'Direct', 1, 1, true),
        ('c2', 's1', TIMESTAMPTZ '2026-01-02 00:00:00.5+00', 'Direct', 0, 0, true)
      ) AS t(conversion_id, session_id, started_at, channel, holder_engagement, closer_engagement, is_conversion)`,
    );
    expect(await read(path)).toEqual(expected);
  });

  it('tells journeys apart by request, also where their rows are scattered', async () => {
    const path = write(
      'r.csv',
      `request,conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement
1,c1,s1,2026-01-01 10:00:00,Direct,0,0
2,c1,s1,2026-01-01 10:00:00,Direct,0,0
1,c1,s2,2026-01-01 11:00:00,Direct,0,0
`,
    );
    const file = await readJourneyFile(path, { missing: 'refuse' });
    expect([...file.columns.journey]).toEqual([0, 1, 0]);
    expect(file.requests).toEqual(['1', '2']);
    expect(file.conversionIds).toEqual(['c1', 'c1']);
    expect(file.columns.conversion).toBeUndefined();
  });

  it('keeps rows in order over many chunks', async () => {
    const path = await writeParquet(
      'many.parquet',
      `SELECT 'c' || (r // 3) AS conversion_id, 's' || r AS session_id, TIMESTAMP '2026-01-01' + INTERVAL (r) MINUTE AS timestamp, 'Direct' AS channel_label, 0 AS holder_engagement, 1 AS closer_engagement FROM range(30000) AS t(r)`,
    );
    const { columns, conversionIds } = await readJourneyFile(path, { missing: 'refuse' });
    expect(columns.sessionIds.every((id, row) => id === `s${row}`)).toBe(true);
    expect(conversionIds).toHaveLength(10_000);
    expect([...columns.journey].every((journey, row) => journey === Math.floor(row / 3))).toBe(
      true,
    );
  });

  it('keeps missing times and channels for cleaning where asked', async () => {
    const path = write('m.csv', csv.replace('2026-01-01 10:00:00', '').replace(',Direct,0', ',,0'));
    const { columns } = await readJourneyFile(path, { missing: 'keep', sessionIds: 'hash' });
    expect(columns.time[0]).toBeNaN();
    expect([...columns.channel]).toEqual([0, 1, -1]);
    expect(columns.sessionIds[0]).toBe(columns.sessionIds[2]);
    expect(columns.sessionIds[0]).not.toBe(columns.sessionIds[1]);
  });
});
