import { canonicalJsonText } from '@tributary/local/bigquery/functions/canonical-json';
import { canonicalJson } from '@tributary/local/bigquery/functions/json-scan';
import fc from 'fast-check';

test.each([
  ['{ "b": 1, "a": [ 2, {"d": null, "c": true} ] }', '{"a":[2,{"c":true,"d":null}],"b":1}'],
  ['{"10":1,"9":2,"__proto__":3}', '{"10":1,"9":2,"__proto__":3}'],
  ['{"a":1,"a":2}', '{"a":1}'],
  ['[1.0,1e2,-0,0.5,12345678901234567890]', '[1.0,100.0,-0,0.5,12345678901234567890]'],
  ['{"a\\":1":"x"}', '{"a\\":1":"x"}'],
  ['"text"', '"text"'],
])('%s is %s', (text, canonical) => {
  expect(canonicalJsonText(text)).toBe(canonical);
});

test('any JSON is what the scanner makes of it', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false } as object), (text) => {
      expect(canonicalJsonText(text)).toBe(canonicalJson(text));
    }),
    { numRuns: 2000 },
  );
});

test('what is not JSON is refused', () => {
  expect(() => canonicalJsonText('{"a":')).toThrow('JSON');
});
