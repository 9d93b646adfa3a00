import { describe, expect, it } from 'vitest';
import { isGanError } from '../errors/index.js';
import { readSafetensors, writeSafetensors, type WritableTensor } from './index.js';

/*
 * Written by Python's safetensors 0.8.0, safetensors.numpy.save(tensors, metadata={'made by': 'us'}) of
 *   b: float32 [[1.5, -2, 3], [4, 5, 1e-7]], a: int32 [7, -8], 10: float64 2.25, c: bool [True, False, True],
 *   é/x: float32 zeros (0, 4), n: int64 [2**40, -3], u: uint8 [1, 2, 255];
 * the second with h: float16 [1, -0.333251953125, 65504, 6e-8, inf] as well.
 */
const written = fromBase64(
  'qAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtYWRlIGJ5IjoidXMifSwibiI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiMTAiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzE2LDI0XX0sImIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzI0LDQ4XX0sIsOpL3giOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzAsNF0sImRhdGFfb2Zmc2V0cyI6WzQ4LDQ4XX0sImEiOnsiZHR5cGUiOiJJMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls0OCw1Nl19LCJ1Ijp7ImR0eXBlIjoiVTgiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOls1Niw1OV19LCJjIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzU5LDYyXX19AAAAAAABAAD9/////////wAAAAAAAAJAAADAPwAAAMAAAEBAAACAQAAAoECVv9YzBwAAAPj///8BAv8BAAE=',
);
const withFloat16 = fromBase64(
  '4AEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtYWRlIGJ5IjoidXMifSwibiI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiMTAiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzE2LDI0XX0sImIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzI0LDQ4XX0sIsOpL3giOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzAsNF0sImRhdGFfb2Zmc2V0cyI6WzQ4LDQ4XX0sImEiOnsiZHR5cGUiOiJJMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls0OCw1Nl19LCJoIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOls1XSwiZGF0YV9vZmZzZXRzIjpbNTYsNjZdfSwidSI6eyJkdHlwZSI6IlU4Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNjYsNjldfSwiYyI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOls2OSw3Ml19fSAAAAAAAAEAAP3/////////AAAAAAAAAkAAAMA/AAAAwAAAQEAAAIBAAACgQJW/1jMHAAAA+P///wA8VbX/ewEAAHwBAv8BAAE=',
);

const tensors: Readonly<Record<string, WritableTensor>> = {
  b: { shape: [2, 3], data: Float32Array.of(1.5, -2, 3, 4, 5, 1e-7) },
  a: { shape: [2], data: Int32Array.of(7, -8) },
  10: { shape: [], data: Float64Array.of(2.25) },
  c: { shape: [3], data: Uint8Array.of(1, 0, 1), type: 'BOOL' },
  'é/x': { shape: [0, 4], data: new Float32Array() },
  n: { shape: [2], data: BigInt64Array.of(2n ** 40n, -3n) },
  u: { shape: [3], data: Uint8Array.of(1, 2, 255) },
};

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** What reading ends with: the error's message, when it is ours and says where. */
function failure(bytes: Uint8Array): string | undefined {
  try {
    readSafetensors(bytes, 'x.safetensors');
  } catch (error) {
    if (isGanError(error, 'DATA_FORMAT')) return error.message;
    throw error;
  }
  return undefined;
}

/** A file with this header before some numbers. */
function fileWith(header: unknown, numbers = 48): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + numbers);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

describe('writeSafetensors', () => {
  it("gives the bytes of Python's safetensors, whatever the order", () => {
    const metadata = { 'made by': 'us' };
    expect(writeSafetensors(new Map(Object.entries(tensors)), metadata)).toEqual(written);
    expect(writeSafetensors(new Map(Object.entries(tensors).reverse()), metadata)).toEqual(written);
  });

  it('takes windows into larger arrays', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const file = writeSafetensors(new Map([['w', { shape: [2], data }]]));
    expect(readSafetensors(file, 'w').tensors.get('w')?.data).toEqual(Float32Array.of(1, 2));
  });

  it('refuses numbers that do not fit the shape, and the name of the metadata', () => {
    const write = (name: string, shape: number[]) =>
      writeSafetensors(new Map([[name, { shape, data: new Float32Array(6) }]]));
    expect(() => write('w', [2, 2])).toThrow(
      'safetensors: tensor w of type F32 and shape [2, 2] takes 16 bytes, got 24',
    );
    expect(() => write('w', [-2, -3])).toThrow('shape [-2, -3]');
    expect(() => write('__metadata__', [6])).toThrow('no tensor can be called __metadata__');
  });
});

describe('readSafetensors', () => {
  it('reads what Python wrote, every type', () => {
    const { tensors: read, metadata } = readSafetensors(withFloat16, 'x');
    expect(metadata).toEqual({ 'made by': 'us' });
    expect([...read.keys()]).toEqual(['n', '10', 'b', 'é/x', 'a', 'h', 'u', 'c']);
    for (const [name, { shape, data }] of Object.entries(tensors)) {
      expect(read.get(name), name).toMatchObject({ shape, data });
    }
    // NumPy rounds 6e-8 to 2^-24.
    const halves = Float32Array.of(1, -0.333251953125, 65504, 2 ** -24, Infinity);
    expect(read.get('h')).toEqual({ type: 'F16', shape: [5], data: halves });
  });

  it('reads bfloat16: the upper half of a float32', () => {
    const header = { w: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] } };
    const file = fileWith(header, 4);
    file.set([0x80, 0x3f, 0x00, 0xc0], file.length - 4);
    expect(readSafetensors(file, 'x').tensors.get('w')?.data).toEqual(Float32Array.of(1, -2));
  });

  it('reads a file that starts anywhere in its buffer', () => {
    const shifted = new Uint8Array(written.length + 3);
    shifted.set(written, 3);
    const wanted = readSafetensors(written, 'x');
    expect(readSafetensors(shifted.subarray(3), 'x')).toEqual(wanted);
    const asNodeReadsIt = Buffer.from(shifted.buffer, 3);
    const read = readSafetensors(asNodeReadsIt, 'x');
    asNodeReadsIt.fill(0);
    expect(read).toEqual(wanted);
  });

  it.each([
    [{ a: { dtype: 'F32', data_offsets: [0, 48] } }, /tensor a\.shape: .*undefined/],
    [{ a: { dtype: 'F32', shape: [3, 4] } }, /tensor a\.data_offsets: /],
    [{ a: { dtype: 'F32', shape: '3x4', data_offsets: [0, 48] } }, /tensor a\.shape: /],
    [{ a: { dtype: 'F32', shape: [3, -4], data_offsets: [0, 48] } }, /tensor a\.shape\.1: /],
    [{ a: { dtype: 'F32', shape: [3, 4], data_offsets: [0, 48, 50] } }, /12 bytes|data_offsets|tensor a/],
    [{ a: { dtype: 'F8', shape: [3, 4], data_offsets: [0, 48] } }, /tensor a\.dtype: .*"F8"/],
    [{ a: null }, /entry of tensor a: /],
    [{ a: { dtype: 'F32', shape: [3, 4], data_offsets: [0, 47] } }, /takes 48 bytes, got 47/],
    [{ a: { dtype: 'F32', shape: [11], data_offsets: [4, 48] } }, /begins at 4, where 0 was wanted/],
    [{ a: { dtype: 'F32', shape: [11], data_offsets: [0, 44] } }, /4 bytes behind the last tensor/],
    [{ a: { dtype: 'F32', shape: [13], data_offsets: [0, 52] } }, /the file ends within tensor a/],
    [{ a: { dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 48] } }, /takes .* bytes, got 48/],
    [{ __metadata__: { made: 3 } }, /__metadata__ must have texts only/],
    [[], /no JSON object/],
    ['null', /no JSON object/],
    ['{"a": ', /not JSON/],
  ])('refuses the header %j by name', (header, message) => {
    expect(failure(fileWith(header))).toMatch(message);
  });

  it('refuses a file cut off at any byte, and one with more behind it', () => {
    for (let length = 0; length < written.length; length++) {
      expect(failure(written.subarray(0, length)), `${length} bytes`).toMatch(/^x\.safetensors, byte \d+: /);
    }
    expect(failure(Uint8Array.of(...written, 0))).toMatch(/1 bytes behind the last tensor/);
  });

  it('gives an error of its own or a content for every changed byte of the header', () => {
    const headerEnd = 8 + Number(new DataView(written.buffer).getBigUint64(0, true));
    for (let at = 0; at < headerEnd; at++) {
      for (const byte of [0, 0x22, 0x39, 0x7d, 0xff]) {
        const changed = written.slice();
        changed[at] = byte;
        expect(failure(changed) ?? 'read').toBeTypeOf('string');
      }
    }
  });
});
