import { parseParameters } from '@tributary/functions/attribution/ihc/parameters';
import { UserError } from '@tributary/functions/shared/errors';
import { simpleParameters } from '../support';

const closer_curve = { hours_to_conversion: [0, 5, 4], membership: [1, 0.5, 0] };
const cases: [string, unknown, RegExp][] = [
  ['knots that fall', { closer_curve }, /closer_curve has hours_to_conversion that fall; sort/],
  [
    'curves of unequal columns',
    { initializer_curve: { gap_hours: [1, 2], membership: [0] } },
    /initializer_curve needs as many gap_hours as membership values/,
  ],
  [
    'weights that sum to 0',
    { phase_weights: { initializer: 0, holder: 0, closer: 0 } },
    /phase_weights sum to 0; at least one phase needs a weight above 0/,
  ],
  [
    'a negative weight',
    { phase_weights: { initializer: -1, holder: 1, closer: 1 } },
    /phase_weights.initializer must not be negative/,
  ],
  [
    'phase weights that overflow',
    { phase_weights: { initializer: 1e308, holder: 1e308, closer: 1e308 } },
    /phase_weights.initializer must be 1000000000 at most/,
  ],
  [
    'phase weights that vanish',
    { phase_weights: { initializer: 5e-324, holder: 5e-324, closer: 5e-324 } },
    /phase_weights sum to 0/,
  ],
  [
    'a channel weight that overflows',
    { channel_weights: { Direct: { initializer: 1e308, holder: 1, closer: 1 } } },
    /channel_weights.Direct.initializer must be 1000000000 at most/,
  ],
  [
    'hours without end',
    { initializer_curve: { gap_hours: [1, 1e308], membership: [0, 1] } },
    /initializer_curve.gap_hours.1 must be 1000000000 at most/,
  ],
  ['NaN', { reset_gap_hours: Number.NaN }, /reset_gap_hours must be a number of hours/],
  ['a reset of 0', { reset_gap_hours: 0 }, /reset_gap_hours must be above 0/],
  [
    'a channel weight that is none',
    { channel_weights: { Direct: { initializer: 'one', holder: 1, closer: 1 } } },
    /channel_weights.Direct.initializer must be a number/,
  ],
  ['a missing curve', { closer_curve: undefined }, /: closer_curve is missing\.$/],
  [
    'a missing weight',
    { phase_weights: { holder: 1 } },
    /phase_weights.initializer must be a number/,
  ],
  ['no channel weights', { channel_weights: undefined }, /: channel_weights is missing\.$/],
  [
    'a curve without knots',
    { closer_curve: { hours_to_conversion: [], membership: [] } },
    /closer_curve.hours_to_conversion needs at least one knot/,
  ],
  [
    'membership beyond 1',
    { initializer_curve: { gap_hours: [1], membership: [1.2] } },
    /initializer_curve.membership.0 must be a number from 0 to 1/,
  ],
];

describe('parseParameters refuses', () => {
  it.each(cases)('%s', (_, change, sentence) => {
    const parse = () => parseParameters({ ...simpleParameters, ...(change as object) }, 'p.json');
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(sentence);
    expect(parse).toThrow(/^p\.json holds no usable IHC parameters: /);
  });

  it.each([
    { format_version: 2 },
    { format_version: '0.9' },
    { version: 2 },
    { format_version: 1, version: 'v2' },
  ])('parameters of another version, by its name: %p', (version) => {
    const named = JSON.stringify(Object.values(version).at(-1));
    // Also where the rest is not what this version knows.
    expect(() => parseParameters({ ...version, curves: [] }, 'p.json')).toThrow(
      `p.json has parameters of format version ${named}, and this Tributary reads version 1; train anew`,
    );
  });

  it('weights of a channel named __proto__, which would be lost', () => {
    const channel_weights = JSON.parse(
      '{"__proto__": {"initializer": 2, "holder": 1, "closer": 1}}',
    );
    expect(() => parseParameters({ ...simpleParameters, channel_weights }, 'p.json')).toThrow(
      'p.json has weights of a channel named __proto__',
    );
  });

  it.each([null, 5, 'text', []])('%p', (value) => {
    expect(() => parseParameters(value, 'p.json')).toThrow(UserError);
  });
});
