import { describe, expect, it } from 'vitest';
import { fromBase64, npzFixtures } from '../../test/npz-fixtures.js';
import { readNpy, writeNpy } from './npy.js';

describe('readNpy', () => {
  it.each(['v1', 'v2', 'v3', 'fortran', 'big_endian', 'float32'])('reads %s', (kind) => {
    const { shape, data } = readNpy(fromBase64(npzFixtures.npy[kind]));
    expect(shape).toEqual([2, 3]);
    expect([...data]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    expect(data).toBeInstanceOf(kind === 'float32' ? Float32Array : Float64Array);
  });

  it.each(Object.entries(npzFixtures.whole_numbers))('reads whole numbers of type %s', (type, file) => {
    const array = readNpy(fromBase64(file));
    expect(array.type).toBe(type);
    expect([...array.data]).toEqual(type.includes('u') ? [0, 1, 2, 3] : [-2, -1, 0, 1]);
    expect(array.data.BYTES_PER_ELEMENT).toBe(Number(type[2]));
  });

  it('reads booleans as bytes', () => {
    expect(readNpy(fromBase64(npzFixtures.booleans)).data).toEqual(Uint8Array.of(1, 0));
  });

  it('lays three dimensions in Fortran order out anew', () => {
    const { shape, data } = readNpy(fromBase64(npzFixtures.npy.cube_fortran));
    expect(shape).toEqual([2, 3, 4]);
    expect([...data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it('writes what NumPy writes', () => {
    const data = Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.25);
    expect(writeNpy({ shape: [2, 3], data })).toEqual(fromBase64(npzFixtures.npy.v1));
  });

  it('says what it cannot read', () => {
    expect(() => readNpy(fromBase64(npzFixtures.npy.complex))).toThrow('of type <c8');
    expect(() => readNpy(fromBase64(npzFixtures.npy.v1).slice(0, -1))).toThrow('after 47 of 48 bytes');
    expect(() => readNpy(Uint8Array.of(1, 2, 3))).toThrow('does not begin');
  });
});
