import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNumbers, unpackNumbers } from './index.js';

describe('packNumbers', () => {
  it('is base64 of little-endian float32', () => {
    // struct.pack('<2f', 1, -2.5) in Python.
    expect(packNumbers([1, -2.5])).toBe(Buffer.from('0000803f000020c0', 'hex').toString('base64'));
  });

  it('gives back every float32, with NaN and the infinities', () => {
    fc.assert(
      fc.property(fc.float32Array(), (values) => {
        expect(unpackNumbers(packNumbers(values))).toEqual(values);
      }),
    );
  });
});
