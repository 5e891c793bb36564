import { attributePaths } from '@tributary/functions/attribution/attribute-paths';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();

describe('attributePaths', () => {
  it.each([1, 3])('answers the same of Markov alone as beside others, order %i', async (order) => {
    const rows = Array.from({ length: 30_000 }, (_, at) => {
      const path = [`c${(at * 7) % 11}`, `late ${at >> 11}`, `c${at % 5}`].slice(0, at % 4);
      return `${path.join(' > ')},${at % 3},${at % 3 ? at / 8 : 0},${at % 5}`;
    });
    const head = 'path,total_conversions,total_conversion_value,total_null';
    const paths = await folder.write('paths.csv', [head, ...rows].join('\n'));
    const alone = await attributePaths({ paths, models: ['markov'], order });
    const beside = await attributePaths({ paths, models: ['linear', 'markov'], order });
    expect(alone).toEqual({ ...beside, models: [beside.models[1]] });
    expect(alone.pathCount).toBe(30_000);
    expect(alone.base.conversions).toBeGreaterThan(0);
  });

  it('says of too many channels what is wrong, without a line', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `channel number ${at},1`);
    const paths = await folder.write('many.csv', `path,conversions\n${rows.join('\n')}`);
    await expect(attributePaths({ paths, models: ['markov'], order: 4 })).rejects.toThrow(
      /^\d+ channels are too many for a Markov model of order 4; use a lower order or group channels\.$/,
    );
  });
});
