import { DatasetFormatError } from '@dist-gan/core';
import { imageBytes, toPixels, type CifarBatch } from './cifar-batch.js';
import type { CifarLabels, CifarPublication } from './publication.js';

/** In front of the pixels: the end of the array's description and the instruction for a text with a length. */
const pixelsMark = Uint8Array.of(0x74, 0x62, 0x89, 0x54);
/** Pickle's instruction for a short text, its length and itself. */
const textMark = (text: string) => new TextEncoder().encode(`U${String.fromCharCode(text.length)}${text}`);
/** Pickle's instruction for a whole number below 256. */
const smallNumber = 0x4b;
/** Around a piece of a list. */
const pieceStart = 0x28;
const pieceEnd = 0x65;

/**
 * Reads a file in the pickle of Python 2 that was published, without running the pickle: its pixels (planes of red,
 * green and blue) are the bytes of one text in it, its labels the numbers of one list.
 *
 * @throws DatasetFormatError when the file is cut off or another one
 */
export function parsePythonBatch(
  content: Uint8Array,
  file: string,
  { title, archives }: CifarPublication,
  { key, classes }: CifarLabels,
): CifarBatch {
  const fail = (offset: number, message: string): never => {
    throw new DatasetFormatError(`${file}, byte ${offset}: ${message}`, file, offset);
  };
  const labelsAt = indexOf(content, textMark(key), 0);
  const dataAt = indexOf(content, textMark('data'), Math.max(0, labelsAt));
  const markAt = indexOf(content, pixelsMark, Math.max(0, dataAt));
  if (labelsAt < 0 || dataAt < 0 || markAt < 0) {
    return fail(0, `not a batch of ${title} for Python; is it from ${archives.python.name}?`);
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
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    fail(labelsAt, `label ${labels[wrong]}, wanted 0 to ${classes - 1}; is it ${title}?`);
  }
  if (labels.length !== length / imageBytes) {
    fail(labelsAt, `${labels.length} labels for ${length / imageBytes} images; unpack the file again`);
  }
  return { images: toPixels(content.subarray(start, start + length)), labels };
}

/** The numbers of the list behind the word at `from`, which is written in pieces of a thousand. */
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

function indexOf(content: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = content.indexOf(wanted[0], from); at >= 0; at = content.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => content[at + i] === byte)) return at;
  }
  return -1;
}
