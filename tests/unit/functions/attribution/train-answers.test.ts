import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFor } from '@tributary/functions/attribution/ihc/model';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { trainOnAnswers } from '@tributary/functions/attribution/train-answers';
import { journeysOf, shopSessions, simpleParameters } from './support';

const folder = mkdtempSync(join(tmpdir(), 'train-answers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const origin = { conversionType: 'conversion', trainedAt: new Date('2026-11-21T12:00:00Z') };

const HEADER =
  'conversion_id,session_id,timestamp,channel_label,holder_engagement,closer_engagement,initializer,holder,closer,ihc';

const JOURNEYS = 150;

type Values = readonly [initializer: number, holder: number, closer: number, ihc: number];

/** The lines of a file of answers, as an IHC service gives them. */
const lines = answerLines();

function answerLines(change: (values: Values, session: number) => Values = (values) => values) {
  const sessions = shopSessions(JOURNEYS);
  const journeys = journeysOf(sessions);
  const scores = scoreJourneys(journeys, modelFor(simpleParameters, journeys.channels));
  return Array.from(journeys.row, (row, session) => {
    const given = sessions[row] as (typeof sessions)[number];
    const time = new Date(Date.UTC(2026, 0, 1) + (given.hours ?? 0) * 3_600_000).toISOString();
    const values = [scores.initializer, scores.holder, scores.closer, scores.ihc].map(
      (phase) => Math.round((phase[session] as number) * 1e4) / 1e4,
    ) as unknown as Values;
    const { conversionId, sessionId = `s${row + 1}`, channel, holder, closer } = given;
    return [
      conversionId,
      sessionId,
      time,
      channel,
      holder ?? 0,
      closer ?? 0,
      ...change(values, session),
    ].join(',');
  });
}

function train(name: string, rows: readonly string[]) {
  const path = join(folder, name);
  writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
  return trainOnAnswers(path, origin);
}

describe('trainOnAnswers', () => {
  it('counts a session once, leaves out journeys of other sums, and meets the answers', async () => {
    // The last journey lacks its last session.
    const rows = lines.slice(0, -1).flatMap((line) => [line, line]);
    const { warnings } = await train('twice.csv', rows);
    expect(warnings[0]).toBe(
      'Warning: Journeys left out because their answers do not sum to 1: 1.',
    );
    const error = Number(/sessions: ([\d.e-]+), worst/.exec(warnings.at(-1) ?? '')?.[1]);
    expect(error).toBeLessThan(0.001);
  });
});

describe('refuses', () => {
  it.each<[string, (values: Values, session: number) => Values, RegExp]>([
    [
      'percentages',
      ([i, h, c, ihc]) => [100 * i, 100 * h, 100 * c, 100 * ihc],
      /line \d+: column initializer is [\d.]+; give shares from 0 to 1, no percentages/,
    ],
    [
      'negative values',
      ([i, h, c, ihc], session) => [i, h, c, session === 7 ? -0.5 : ihc],
      /line 9: column ihc is -0\.5; give shares/,
    ],
    [
      'noise',
      (_, session) => [(session * 0.37) % 1, (session * 0.61) % 1, (session * 0.13) % 1, 0.4],
      /the answers of \d+ of 150 journeys do not sum to 1 in each phase: give whole journeys/,
    ],
  ])('%s', async (name, change, message) => {
    await expect(train(`${name}.csv`, answerLines(change))).rejects.toThrow(message);
  });

  it('answers that no parameters give', async () => {
    // Each journey's values go to another of its sessions: the sums stay.
    const ends = lines.map((line) => line.split(','));
    const turned = ends.map((cells, index) => {
      const mates = ends.flatMap((other, at) => (other[0] === cells[0] ? [at] : []));
      const next = mates[(mates.indexOf(index) + 1) % mates.length] as number;
      return [...cells.slice(0, 6), ...(ends[next] as string[]).slice(6)].join(',');
    });
    await expect(train('turned.csv', turned)).rejects.toThrow(
      /miss unseen answers by 0\.\d+ in the mean, so they are not those behind them/,
    );
  });
});
