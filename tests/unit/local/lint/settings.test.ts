import { parseLintSettings } from '@tributary/local/lint/settings';

test('an empty file holds to the general rules alone', () => {
  expect(parseLintSettings('')).toMatchObject({ tags: [], numbered_stages: false });
});

test.each([
  ['maximum_lins: 3', /maximum_lins/],
  ['model_names: { a: "(" }', /model_names\.a: is no regular expression/],
  ['tags: [', /no YAML/],
])('%s is refused with what to mend', (text, message) => {
  expect(() => parseLintSettings(text)).toThrow(message);
});
