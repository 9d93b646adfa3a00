import { DatasetFormatError } from '@dist-gan/core';

/** An array of bytes in the idx format of the MNIST files. */
export interface IdxArray {
  readonly dimensions: readonly number[];
  /** Row-major. */
  readonly data: Uint8Array;
  /** Where the data start in the file, in bytes. */
  readonly dataOffset: number;
}

/** Third byte of an idx file whose elements are unsigned bytes; the other element types are not read. */
const unsignedByte = 0x08;

/**
 * Reads an idx file: two zero bytes, the element type, the number of dimensions, each dimension as a
 * big-endian 32-bit number, then the elements.
 *
 * @param content the unpacked file
 * @param file its name, for messages
 * @param rank how many dimensions it must have: 3 for images, 1 for labels
 * @throws DatasetFormatError when it is another kind of file, too short or too long
 */
export function readIdx(content: Uint8Array, file: string, rank: number): IdxArray {
  const fail = (offset: number, message: string): never => {
    throw new DatasetFormatError(`${file}, byte ${offset}: ${message}`, file, offset);
  };
  const dataOffset = 4 + 4 * rank;
  const [zero0, zero1, type, dimensionCount] = content;
  if (content.length >= 4) {
    if (zero0 !== 0 || zero1 !== 0) {
      fail(0, 'not an idx file, which starts with two zero bytes; is it the file that you meant?');
    }
    if (type !== unsignedByte) fail(2, `element type 0x${hex(type)}, wanted 0x08 (unsigned bytes)`);
    if (dimensionCount !== rank) {
      fail(3, `${dimensionCount} dimensions, wanted ${rank}; were the image and the label file swapped?`);
    }
  }
  if (content.length < dataOffset) {
    fail(content.length, `the file ends within its header of ${dataOffset} bytes; download it again`);
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = dimensions.reduce((product, dimension) => product * dimension, 1);
  const expected = dataOffset + length;
  if (content.length !== expected) {
    fail(
      Math.min(content.length, expected),
      `the file is ${content.length < expected ? 'cut off' : 'too long'}: its header announces ` +
        `${dimensions.join(' x ')} bytes, ${expected} with the header, but it has ${content.length}; ` +
        'download it again',
    );
  }
  return { dimensions, data: content.subarray(dataOffset), dataOffset };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
