import { describe, expect, it } from 'vitest';
import { threefry2x32 } from './threefry.js';

/** Known-answer vectors of the Random123 library (kat_vectors, threefry2x32, 20 rounds). */
const vectors = [
  { counter: [0, 0], key: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    expected: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    expected: [0xc4923a9c, 0x483df7a0],
  },
];

describe('threefry2x32', () => {
  it.each(vectors)('gives the published words for counter $counter', ({ counter, key, expected }) => {
    const out = new Uint32Array(2);
    threefry2x32(key[0], key[1], counter[0], counter[1], out);
    expect([...out]).toEqual(expected);
  });
});
