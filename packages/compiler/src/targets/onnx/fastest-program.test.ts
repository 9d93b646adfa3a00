import { describe, expect, it } from 'vitest';
import { fastest } from './fastest-program.js';

describe('fastest', () => {
  it('is the first but for one that takes a tenth less', () => {
    expect(fastest([10])).toBe(0);
    expect(fastest([10, 9.1])).toBe(0);
    expect(fastest([10, 8.9])).toBe(1);
    expect(fastest([10, 30])).toBe(0);
  });
});
