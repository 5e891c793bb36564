import { countUp, pick } from '@tributary/functions/attribution/models/columns';

test('values at rows, in their order and as often as they are named', () => {
  const rows = Uint32Array.of(2, 0, 2);
  expect(pick(new Float64Array(3), rows, [0.5, 1.5, -2])).toEqual(Float64Array.of(-2, 0.5, -2));
  expect(pick(new Uint8Array(0), new Uint32Array(0), [1])).toEqual(new Uint8Array(0));
});

test('numbers from 0 on', () => {
  expect(countUp(3)).toEqual(Uint32Array.of(0, 1, 2));
});
