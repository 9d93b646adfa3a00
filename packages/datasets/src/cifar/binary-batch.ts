import { DatasetFormatError } from '@dist-gan/core';
import { imageBytes, toPixels, type CifarBatch } from './cifar-batch.js';
import type { CifarLabels, CifarPublication } from './publication.js';

/**
 * Reads a binary file: for each image its labels, one byte each, and its planes of red, green and blue.
 *
 * @throws DatasetFormatError when the file is cut off or another one
 */
export function parseBinaryBatch(
  content: Uint8Array,
  file: string,
  { title, labelBytes, archives }: CifarPublication,
  { byte, classes }: CifarLabels,
): CifarBatch {
  const fail = (offset: number, message: string): never => {
    throw new DatasetFormatError(`${file}, byte ${offset}: ${message}`, file, offset);
  };
  const record = labelBytes + imageBytes;
  const count = Math.floor(content.length / record);
  if (count === 0 || content.length % record !== 0) {
    fail(
      count * record,
      `the file of ${content.length} bytes is no whole number of records of ${record} bytes; ` +
        `is it from ${archives.binary.name}?`,
    );
  }
  const planes = new Uint8Array(count * imageBytes);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const start = i * record;
    const label = content[start + byte];
    if (label >= classes) {
      fail(start + byte, `label ${label}, wanted 0 to ${classes - 1}; is it ${title}?`);
    }
    labels[i] = label;
    planes.set(content.subarray(start + labelBytes, start + record), i * imageBytes);
  }
  return { images: toPixels(planes), labels };
}
