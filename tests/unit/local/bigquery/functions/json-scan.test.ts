import {
  canonicalJson,
  compactJson,
  rawElements,
  rawValue,
} from '@tributary/local/bigquery/functions/json-scan';
import fc from 'fast-check';

describe('rawValue', () => {
  const text = ' { "a" : [1, 2.50, {"b": "}]\\""}], "c": {"a": -0} } ';

  it.each([
    [['a', 1], '2.50'],
    [['a', 2, 'b'], '"}]\\""'],
    [['c'], '{"a": -0}'],
    [['a', 9], null],
    [['x'], null],
    [['a', 'b'], null],
  ])('finds %j', (path, expected) => {
    expect(rawValue(text, path)).toBe(expected);
  });

  it('finds every member of any object, as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const json = JSON.stringify(object, null, 1);
        for (const key of Object.keys(object)) {
          expect(JSON.parse(rawValue(json, [key]) ?? '')).toEqual(
            JSON.parse(JSON.stringify(object[key])),
          );
        }
      }),
    );
  });
});

describe('rawElements', () => {
  it('lists the elements of arrays alone', () => {
    expect(rawElements('[1, [2, 3], "x,y"]')).toEqual(['1', '[2, 3]', '"x,y"']);
    expect(rawElements('[]')).toEqual([]);
    expect(rawElements('{}')).toBeNull();
  });
});

describe('compactJson', () => {
  it('keeps numbers as written and spaces inside strings', () => {
    expect(compactJson('{"a b" : 1.50 , "c":[ 1e2 ]}')).toBe('{"a b":1.50,"c":[1e2]}');
  });
});

describe('canonicalJson', () => {
  it('sorts keys, keeps the first of equal ones, and writes doubles alike', () => {
    expect(canonicalJson('{"b": 1e2, "a": {"z": 1, "y": 1.50}, "b": 2}')).toBe(
      '{"a":{"y":1.5,"z":1},"b":100.0}',
    );
  });

  it('changes nothing but order and spelling', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });
});
