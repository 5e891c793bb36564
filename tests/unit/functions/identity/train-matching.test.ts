import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { trainMatching } from '@tributary/functions/identity/train-matching';
import { createTrainMatching } from '@tributary/functions/identity/train-matching-function';
import { createLog } from '@tributary/functions/shared/log';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import request from 'supertest';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';
import { visitorRows } from './visitor-rows';

const clock = () => new Date('2026-11-22T12:00:00Z');

function shop(patterns: readonly Row[]) {
  const memory = createMemoryWarehouse();
  const stored = memory.rows('match_parameters');
  const warehouse: Warehouse = {
    ...memory,
    query: async <T extends Row>(sql: string) =>
      (sql.includes('int_identity__patterns') ? patterns : stored.slice(-1)) as T[],
  };
  return { warehouse, stored, jobIds: memory.jobIds };
}

describe('trainMatching', () => {
  it('stores weights by the names of the levels, and the prior', async () => {
    const { warehouse, stored } = shop(visitorRows(20_000, 0.05));
    const result = await trainMatching({ warehouse, clock });
    expect(result).toMatchObject({ outcome: 'trained', diagnostics: { pairs: 20_000 } });
    expect(stored).toHaveLength(1);
    const [row] = stored;
    const levels = row?.levels as readonly Row[];
    expect(row).toMatchObject({ trained_at: '2026-11-22T12:00:00.000Z', converged: true });
    expect(Number(row?.prior_weight)).toBeCloseTo(
      Math.log2(Number(row?.match_share) / (1 - Number(row?.match_share))),
      9,
    );
    const device = levels.filter(({ comparison }) => comparison === 'device');
    expect(device.map(({ level }) => level)).toEqual(['d0', 'd1', 'd2']);
    // log2(0.45 / 0.04): cookies of one browser that follow each other.
    expect(Math.abs(Number(device[0]?.match_weight) - 3.49)).toBeLessThan(0.3);
  });

  it('changes nothing when the counts are the same, in whatever order they come', async () => {
    const rows = visitorRows(20_000, 0.05);
    const { warehouse, stored, jobIds } = shop(rows);
    const first = await trainMatching({ warehouse, clock });
    rows.reverse();
    const second = await trainMatching({ warehouse, clock });
    expect(second).toEqual({ ...first, outcome: 'unchanged' });
    expect(stored).toHaveLength(1);
    expect(jobIds).toHaveLength(1);
  });

  it.each([
    ['few pairs', visitorRows(400, 0.1), /needs 500 compared pairs of visitors, and there are 400/],
    ['no models yet', [], /needs 500 compared pairs of visitors, and there are 0/],
    [
      'a second rule without logins',
      visitorRows(5000, 0).map((row, at) =>
        at % 2 === 0 && row.pair_source === 'address' ? { ...row, pair_source: 'prefix' } : row,
      ),
      /several blocking rules \(.*prefix.*\) needs 50 pairs that logins prove, and there are 0/,
    ],
    [
      'evidence that has nothing to do with what logins prove',
      visitorRows(40_000, 0).flatMap((row) => {
        const some = Math.floor(Number(row.pair_count) / 3);
        return ['same', 'different', 'unknown'].map((proof) => ({
          ...row,
          proof,
          pair_count: some,
        }));
      }),
      /does not tell persons apart: it joins \d+ of \d+ pairs with different logins/,
    ],
  ])('refuses %s, and stores nothing', async (_, rows, reason) => {
    const { warehouse, stored } = shop(rows);
    const result = await trainMatching({ warehouse, clock });
    expect(result.outcome === 'refused' && result.reason).toMatch(reason);
    expect(stored).toEqual([]);
  });
});

describe('train_matching', () => {
  const key = 'a-key-of-sixteen-characters';
  const log = createLog({ level: 'silent' });
  const { warehouse, stored } = shop(visitorRows(20_000, 0.05));
  http('train_matching', createTrainMatching({ warehouse, clock, log, apiKeys: [key] }));
  const call = (body?: object) =>
    request(getTestServer('train_matching'))
      .post('/v1/train_matching')
      .set('x-api-key', key)
      .send(body);

  it('answers what was learnt', async () => {
    const { status, body } = await call({});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'trained',
      model_version: stored[0]?.model_version,
      stop_reason: expect.stringMatching(/^converged after \d+ iterations$/),
      pair_count: 20_000,
      warnings: [],
    });
    expect(body.proven.found_same_count).toBeLessThanOrEqual(body.proven.same_count);
    expect((await call()).body.outcome).toBe('unchanged');
  });

  it('takes no options, no other method and no stranger', async () => {
    expect((await call({ rules: [] })).body.error).toMatch(
      /takes no options: send \{\} or nothing/,
    );
    const server = getTestServer('train_matching');
    const asked = await request(server).post('/?rules=all').set('x-api-key', key).send({});
    expect([asked.status, asked.body.error]).toEqual([
      400,
      expect.stringMatching(/train_matching reads nothing from its address \(rules\)/),
    ]);
    expect((await request(server).get('/').set('x-api-key', key)).status).toBe(405);
    expect((await request(server).post('/').send({})).status).toBe(401);
  });

  it('is not made without keys', () => {
    expect(() => createTrainMatching({ warehouse, clock, log, apiKeys: [] })).toThrow(
      /TRIBUTARY_API_KEYS/,
    );
  });
});
