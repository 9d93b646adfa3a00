import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from './exact-json.js';

describe('toJson and fromJson', () => {
  it('write the numbers that JSON lacks as protocol buffers do', () => {
    expect(toJson({ kl: Infinity, low: -Infinity, none: NaN, value: 1.5 })).toBe(
      '{"kl":"Infinity","low":"-Infinity","none":"NaN","value":1.5}',
    );
    expect(fromJson('{"kl":"Infinity","list":["-Infinity","NaN"]}')).toEqual({
      kl: Infinity,
      list: [-Infinity, NaN],
    });
  });

  it('keep texts that look like numbers, and texts that look like protected ones', () => {
    const texts = ['Infinity', '\\Infinity', '\\\\-Infinity', 'NaN', ' NaN', 'infinity', '\\'];
    expect(fromJson(toJson(texts))).toEqual(texts);
  });

  it('give back every value that JSON has a place for', () => {
    const numbers = fc.double().map((value) => (value === 0 ? 0 : value));
    const texts = fc.oneof(fc.string(), fc.constantFrom('NaN', 'Infinity', '-Infinity', '\\NaN'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        numbers,
        texts,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('tree'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(fromJson(toJson(value))).toEqual(value);
      }),
    );
  });

  it('reads over a byte order mark, and writes what a person reads', () => {
    expect(fromJson('\uFEFF{"a": 1}')).toEqual({ a: 1 });
    expect(toJson({ a: [NaN] }, 2)).toBe('{\n  "a": [\n    "NaN"\n  ]\n}');
  });
});
