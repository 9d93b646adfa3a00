import { DatasetFormatError } from '@dist-gan/core';

/** A line as numpy prints an array of two numbers: `[ 2.02096576 -3.98162489]`. */
const line = /^\[\s*(\S+)\s+(\S+?)\s*\]$/;

/** A point this many standard deviations from every centre was not drawn from the mixture (p below 1e-21). */
const farthest = 10;

/**
 * Reads a text file with one two-dimensional point per line, as numpy prints it: the form of the Dist-GAN
 * authors' `toydatav2.txt`, `plusdatav2.txt` and `sinedatav2.txt`.
 *
 * @param content the file's bytes (ASCII)
 * @param file its name, for messages
 * @param expected the mixture that the points were drawn from
 * @returns x and y of each point in turn
 * @throws DatasetFormatError when a line is no point, a point is far from every centre, or there are none
 */
export function parsePoints(
  content: Uint8Array,
  file: string,
  expected: {
    readonly id: string;
    readonly centres: readonly (readonly number[])[];
    readonly standardDeviation: number;
  },
): Float64Array {
  // Latin-1 keeps one character per byte, so a place in the text is a place in the file.
  const text = new TextDecoder('latin1').decode(content);
  const points: number[] = [];
  let offset = 0;
  for (const [number, row] of text.split('\n').entries()) {
    const fail = (message: string): never => {
      throw new DatasetFormatError(`${file}, line ${number + 1} (byte ${offset}): ${message}`, file, offset);
    };
    const trimmed = row.trim();
    if (trimmed !== '') {
      const [x, y] = (line.exec(trimmed) ?? []).slice(1).map(Number);
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        fail(`wanted a point "[ x y ]", got "${trimmed.slice(0, 40)}"; is the file cut off or another one?`);
      }
      const distance = distanceToNearest(expected.centres, x, y);
      if (distance > farthest * expected.standardDeviation) {
        fail(
          `the point (${x}, ${y}) is ${distance.toPrecision(3)} away from the nearest centre of ` +
            `${expected.id}; is it the file of another layout?`,
        );
      }
      points.push(x, y);
    }
    offset += row.length + 1;
  }
  if (points.length === 0) throw new DatasetFormatError(`${file}: the file holds no points`, file, 0);
  return Float64Array.from(points);
}

function distanceToNearest(centres: readonly (readonly number[])[], x: number, y: number): number {
  let squared = Infinity;
  for (const centre of centres) squared = Math.min(squared, (x - centre[0]) ** 2 + (y - centre[1]) ** 2);
  return Math.sqrt(squared);
}
