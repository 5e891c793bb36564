import { selectJson } from '@tributary/local/bigquery/functions/json-tolerant';
import fc from 'fast-check';

describe('selectJson', () => {
  it.each([
    ['{"a":1} x', ['a'], '1'],
    ['{"a":1', ['a'], '1'],
    ['{"a":1', [], null],
    ["{'a':'x\"y'}", ['a'], '"x\\"y"'],
    ['[1, 2, ]', [], '[1,2]'],
    ['{"a": 1.50 }', [], '{"a":1.50}'],
    ['{"a":NaN,"b":1}', ['b'], null],
    ['{"a":1,"a":{"b":2}}', ['a', 'b'], '2'],
    ['{"a":01}', ['a'], '0'],
    ['{"a":1.}', ['a'], null],
    ['{"a":"\\ud83d"}', ['a'], '"\ufffd"'],
    ['true false', [], 'true'],
    ['{"a":[{"b":[3]}]}', ['a', 0, 'b', 0], '3'],
  ] as const)('reads %j at %j', (text, path, expected) => {
    expect(selectJson(text, path)).toBe(expected);
  });

  it('refuses arrays with gaps, which GoogleSQL reads in its own way', () => {
    expect(() => selectJson('[1,,2]', [2])).toThrow('is not supported');
  });

  it('reads any JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.parse(selectJson(text, []) ?? '')).toEqual(JSON.parse(text));
      }),
    );
  });
});
