import { alignChannels, unreadKeys } from '@tributary/functions/attribution/ihc/foreign-document';
import { parseParameters } from '@tributary/functions/attribution/ihc/parameters';
import { simpleParameters } from '../support';

const weights = (closer: number) => ({ initializer: 1, holder: 1, closer });
const withWeights = (channel_weights: Record<string, ReturnType<typeof weights>>) => ({
  ...simpleParameters,
  channel_weights,
});

describe('parameters as others write them', () => {
  it('may have numbers in quotes', () => {
    const quoted = {
      ...simpleParameters,
      reset_gap_hours: '48.5',
      phase_weights: { initializer: '0.3', holder: ' 0.4 ', closer: '3e-1' },
      closer_curve: { hours_to_conversion: ['0', 20], membership: ['1', '0'] },
    };
    const read = parseParameters(quoted, 'p.json');
    expect(read.reset_gap_hours).toBe(48.5);
    expect(read.phase_weights).toEqual({ initializer: 0.3, holder: 0.4, closer: 0.3 });
    expect(read.closer_curve.hours_to_conversion).toEqual([0, 20]);
  });

  it('are refused by the place of what is no number', () => {
    const wrong = { ...simpleParameters, reset_gap_hours: '2 days' };
    expect(() => parseParameters(wrong, 'p.json')).toThrow(/reset_gap_hours must be a number/);
  });

  it('are read with a sentence on keys that mean nothing here', () => {
    expect(unreadKeys({ ...simpleParameters, version: 1 })).toBeUndefined();
    expect(unreadKeys({ ...simpleParameters, reset_gap_days: 2 })).toMatch(/have reset_gap_days,/);
  });

  it('may write channels in other case and with other white space', () => {
    const given = withWeights({ ' paid  SEARCH': weights(2), Email: weights(3) });
    const { parameters, notes } = alignChannels(given, ['Email', 'Paid Search', 'SEO']);
    expect(parameters.channel_weights['Paid Search']).toEqual(weights(2));
    expect(parameters.channel_weights.Email).toEqual(weights(3));
    expect(notes).toEqual([
      'Channels taken for the same: " paid  SEARCH" for "Paid Search".',
      'Channels without weights, scored with 1: SEO.',
    ]);
  });

  it('are not guessed where two names are as near', () => {
    const given = withWeights({ EMAIL: weights(2), email: weights(3) });
    const { parameters, notes } = alignChannels(given, ['Email']);
    expect(parameters.channel_weights.Email).toBeUndefined();
    expect(notes).toEqual(['Channels without weights, scored with 1: Email.']);
  });

  it('say nothing of channels where no weights are given at all', () => {
    expect(alignChannels(withWeights({}), ['Email']).notes).toEqual([]);
  });
});
