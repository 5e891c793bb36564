import {
  type IhcParameters,
  modelVersionOf,
  parseParameters,
} from '@tributary/functions/attribution/ihc/parameters';
import { simpleParameters } from '../support';

describe('parseParameters', () => {
  it('reads what it wrote', () => {
    const document = JSON.parse(JSON.stringify(simpleParameters));
    expect(parseParameters(document, 'p.json')).toEqual(simpleParameters);
  });

  it.each([undefined, null])('takes reset_gap_hours %p for no reset', (reset_gap_hours) => {
    const parameters = parseParameters({ ...simpleParameters, reset_gap_hours }, 'p.json');
    expect(parameters.reset_gap_hours ?? null).toBeNull();
  });
});

describe('modelVersionOf', () => {
  it('is the same for the same parameters, in whatever order channels stand', () => {
    const weights = { initializer: 1, holder: 2, closer: 3 };
    const one: IhcParameters = { ...simpleParameters, channel_weights: { a: weights, b: weights } };
    const other: IhcParameters = {
      ...simpleParameters,
      channel_weights: { b: weights, a: weights },
      trained_at: '2026-11-21T00:00:00.000Z',
      diagnostics: { journey_count: 5 },
    };
    expect(modelVersionOf(one, 'order')).toBe(modelVersionOf(other, 'order'));
    expect(modelVersionOf(one, 'order')).toMatch(/^ihc-[0-9a-f]{12}$/);
  });

  it('differs by conversion type and by any parameter', () => {
    const version = modelVersionOf(simpleParameters, 'order');
    expect(modelVersionOf(simpleParameters, 'registration')).not.toBe(version);
    expect(modelVersionOf({ ...simpleParameters, reset_gap_hours: 47 }, 'order')).not.toBe(version);
  });
});
