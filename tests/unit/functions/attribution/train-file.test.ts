import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { trainFile } from '@tributary/functions/attribution/train-file';
import { shopSessions, type TestSession } from './support';

const folder = mkdtempSync(join(tmpdir(), 'train-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const clock = () => new Date('2026-11-21T12:00:00Z');

function write(name: string, sessions: readonly TestSession[]): string {
  const path = join(folder, name);
  const lines = sessions.map(({ conversionId, sessionId, hours, channel, holder, closer }) => {
    const time = new Date(Date.UTC(2026, 0, 1) + (hours ?? 0) * 3_600_000).toISOString();
    return [conversionId, sessionId, time, channel, holder, closer].join(',');
  });
  const header =
    'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement';
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}

describe('trainFile', () => {
  it('writes parameters with intervals, and warnings apart', async () => {
    const journeys = write('some.csv', shopSessions(600));
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const training = { bootstrapSamples: 5 };
    const parameters = await trainFile({ journeys, clock, stdout, stderr, training });
    expect(JSON.parse(stdout.read().toString())).toEqual(JSON.parse(JSON.stringify(parameters)));
    expect(stderr.read().toString()).toMatch(/^Warning: Only \d+ journeys have 3 or more sessions/);
    expect(parameters.diagnostics).toHaveProperty('intervals.sample_count', 5);
    expect(parameters.trained_at).toBe('2026-11-21T12:00:00.000Z');
  });

  it('writes a file whole or not at all', async () => {
    const out = join(folder, 'p.json');
    const stderr = new PassThrough();
    const training = { bootstrapSamples: 0 };
    const few = write('few.csv', shopSessions(10));
    await expect(trainFile({ journeys: few, out, clock, stderr })).rejects.toThrow(
      /few\.csv: Training needs 200 journeys/,
    );
    expect(existsSync(out)).toBe(false);
    const enough = write('enough.csv', shopSessions(600));
    await trainFile({ journeys: enough, out, clock, stderr, training, conversionType: 'lead' });
    expect(JSON.parse(readFileSync(out, 'utf8')).conversion_type).toBe('lead');
  });
});
