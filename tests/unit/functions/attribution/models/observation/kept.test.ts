import { keptBy } from '@tributary/functions/attribution/models/observation/kept';

describe('keptBy', () => {
  it('asks once for each object, whatever the answer', () => {
    const asked: object[] = [];
    const kept = keptBy((key: object) => {
      asked.push(key);
      return undefined;
    });
    const [one, other] = [{}, {}];
    for (const key of [one, other, one]) expect(kept(key)).toBeUndefined();
    expect(asked).toEqual([one, other]);
  });
});
