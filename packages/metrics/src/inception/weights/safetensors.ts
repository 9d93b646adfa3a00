import { DatasetFormatError } from '@dist-gan/core';
import { littleEndianFloats, NamedTensors, type NamedTensor } from './named-tensors.js';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

/**
 * Reads a safetensors file: eight bytes with the length of a JSON header, the header, the tensors. Tensors that are
 * not float32 (counters) are left out.
 *
 * @throws DatasetFormatError when it is cut off or no such file
 */
export function readSafetensors(bytes: Uint8Array, file: string): NamedTensors {
  const fail = (what: string, at: number): never => {
    throw new DatasetFormatError(`${file}, byte ${at}: ${what}; fetch the file again`, file, at);
  };
  if (bytes.length < 8) fail('the file ends within its first number', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length) fail('the header is longer than the file', 0);
  let header: Record<string, Entry> = {};
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<string, Entry>;
  } catch {
    fail('the header is not JSON', 8);
  }
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__' || dtype !== 'F32') continue;
    const [from, to] = data_offsets.map((offset) => start + offset);
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (to > bytes.length || to - from !== 4 * size) fail(`the numbers of ${name} are not all there`, from);
    tensors.set(name, { shape, data: littleEndianFloats(bytes.subarray(from, to)) });
  }
  return new NamedTensors(file, tensors);
}
