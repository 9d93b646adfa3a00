import { DatasetFormatError } from '@dist-gan/core';

/** Side of the images, in pixels. */
export const side = 32;
const channels = 3;
const plane = side * side;
const imageBytes = channels * plane;

/** Images `[count, 32, 32, 3]`, red, green and blue of a pixel together, and a class for each. */
export interface CifarBatch {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** In front of the pixels: the end of the array's description and the instruction for a text with a length. */
const pixelsMark = Uint8Array.of(0x74, 0x62, 0x89, 0x54);
const labelsMark = new TextEncoder().encode('U\x06labels');
const dataMark = new TextEncoder().encode('U\x04data');
/** Pickle's instruction for a whole number below 256. */
const smallNumber = 0x4b;
/** Around a piece of a list. */
const pieceStart = 0x28;
const pieceEnd = 0x65;

/**
 * Reads a batch of CIFAR-10 in the pickle of Python 2 that was published, without running the pickle: its pixels
 * (planes of red, green and blue) are the bytes of one text in it, its labels the numbers of one list.
 *
 * @throws DatasetFormatError when the file is cut off or another one
 */
export function parseBatch(content: Uint8Array, file: string): CifarBatch {
  const fail = (offset: number, message: string): never => {
    throw new DatasetFormatError(`${file}, byte ${offset}: ${message}`, file, offset);
  };
  const labelsAt = indexOf(content, labelsMark, 0);
  const dataAt = indexOf(content, dataMark, 0);
  const markAt = indexOf(content, pixelsMark, Math.max(0, dataAt));
  if (labelsAt < 0 || dataAt < 0 || markAt < 0) {
    return fail(0, 'not a batch of CIFAR-10 for Python; is it from cifar-10-python.tar.gz?');
  }
  const start = markAt + pixelsMark.length + 4;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const length = start <= content.length ? view.getUint32(start - 4, true) : 0;
  if (start + length > content.length || start > content.length) {
    fail(content.length, `the file is cut off: ${length} bytes of pixels start at ${start}; unpack it again`);
  }
  if (length === 0 || length % imageBytes !== 0) {
    fail(start, `${length} bytes of pixels are not a whole number of images of ${imageBytes}`);
  }
  const labels = readLabels(content, labelsAt, markAt);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) fail(labelsAt, `label ${labels[wrong]}, wanted 0 to 9; is it CIFAR-10?`);
  if (labels.length !== length / imageBytes) {
    fail(labelsAt, `${labels.length} labels for ${length / imageBytes} images; unpack the file again`);
  }
  return { images: interleave(content.subarray(start, start + length)), labels };
}

/** The numbers of the list behind the word `labels`, which is written in pieces of a thousand. */
function readLabels(content: Uint8Array, from: number, end: number): Uint8Array {
  const labels: number[] = [];
  let at = content.indexOf(pieceStart, from);
  while (content[at] === pieceStart) {
    at++;
    while (at < end && content[at] === smallNumber) {
      labels.push(content[at + 1]);
      at += 2;
    }
    if (content[at] !== pieceEnd) return new Uint8Array();
    at++;
  }
  return Uint8Array.from(labels);
}

/** From planes of one colour each to pixels of three. */
function interleave(planes: Uint8Array): Uint8Array {
  const images = new Uint8Array(planes.length);
  for (let first = 0; first < planes.length; first += imageBytes) {
    for (let channel = 0; channel < channels; channel++) {
      const from = first + channel * plane;
      for (let pixel = 0; pixel < plane; pixel++) {
        images[first + pixel * channels + channel] = planes[from + pixel];
      }
    }
  }
  return images;
}

function indexOf(content: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = content.indexOf(wanted[0], from); at >= 0; at = content.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => content[at + i] === byte)) return at;
  }
  return -1;
}
