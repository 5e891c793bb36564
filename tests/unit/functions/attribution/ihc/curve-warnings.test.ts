import { curveWarnings } from '@tributary/functions/attribution/ihc/curve-warnings';
import { simpleParameters } from '../support';

const hours = [0, 5, 10, 20];

test('curves as they should be, or nearly so, are not warned of', () => {
  expect(curveWarnings(simpleParameters)).toEqual([]);
  const closer_curve = { hours_to_conversion: hours, membership: [1, 0.5, 0.502, 0] };
  expect(curveWarnings({ ...simpleParameters, closer_curve })).toEqual([]);
});

test('a curve that turns is named, with the place', () => {
  const warnings = curveWarnings({
    ...simpleParameters,
    initializer_curve: { gap_hours: hours, membership: [0, 0.9, 0.895, 0.2] },
    closer_curve: { hours_to_conversion: hours, membership: [1, 0.1, 0.115, 0.9] },
  });
  expect(warnings).toEqual([
    'initializer_curve falls to 0.2 at 20 h, after 0.9 before: scores follow it, but it should not turn.',
    'closer_curve rises to 0.9 at 20 h, after 0.1 before: scores follow it, but it should not turn.',
  ]);
});

test('many small steps the wrong way are a turn', () => {
  const closer_curve = { hours_to_conversion: hours, membership: [0.1, 0.115, 0.13, 0.145] };
  expect(curveWarnings({ ...simpleParameters, closer_curve })).toHaveLength(1);
});
