import { describe, expect, it } from 'vitest';
import { lacksAvx512 } from './processor.js';

const x64 = (flags: string) =>
  `processor\t: 0\nmodel name\t: any avx512f\nflags\t\t: fpu sse2 ${flags}\nbugs\t\t: none\n`;

describe('lacksAvx512', () => {
  it.each([
    ['x64 with 256 bits alone', x64('avx avx2 fma'), true],
    ['x64 with 512 bits', x64('avx avx2 avx512f avx512dq'), false],
    ['x64 with less', x64('avx'), false],
    ['arm64, which has features', 'processor\t: 0\nFeatures\t: fp asimd sve\n', false],
    ['a system without the file', '', false],
  ])('%s', (_, words, lacks) => {
    expect(lacksAvx512(words)).toBe(lacks);
  });
});
