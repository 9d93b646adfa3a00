/**
 * Pictures of RGB bytes brought to another size by Pillow's filters, to the byte as Pillow does it. JavaScript and not
 * TypeScript, as the worker thread that decodes pictures starts from this file as it stands; types are in `resample.d.ts`.
 */

import { inMemory } from './memory.js';
import { inFixedPoint, resamplingWeights } from './weights.js';

export function resample(picture, { height, width, resize, resampling }) {
  const whole = [0, 0, picture.width, picture.height];
  if (resize === 'stretch') return resized(picture, whole, width, height, resampling);
  if (resize === 'cover')
    return resized(picture, middleOf(picture, width / height), width, height, resampling);
  // All of it, as large as it can be, with black around it.
  const factor = Math.min(width / picture.width, height / picture.height);
  const [w, h] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * factor)));
  const inner = resized(picture, whole, w, h, resampling);
  const data = new Uint8Array(height * width * 3);
  const [left, top] = [Math.floor((width - w) / 2), Math.floor((height - h) / 2)];
  for (let y = 0; y < h; y++) {
    data.set(inner.data.subarray(y * w * 3, (y + 1) * w * 3), ((top + y) * width + left) * 3);
  }
  return { data, width, height };
}

/** The largest part of such a ratio in the middle, as Pillow's `ImageOps.fit` takes it: left, top, right, bottom. */
function middleOf({ width, height }, ratio) {
  const [w, h] = width / height >= ratio ? [ratio * height, height] : [width, width / ratio];
  const [left, top] = [(width - w) * 0.5, (height - h) * 0.5];
  return [left, top, left + w, top + h];
}

/** Rows first, then columns; bytes in between. */
function resized(picture, [left, top, right, bottom], width, height, resampling) {
  if (resampling === 'nearest') {
    return nearest(picture, [left, top, right, bottom], width, height);
  }
  const columns = weightsOf(picture.width, left, right, width, resampling);
  const rows = weightsOf(picture.height, top, bottom, height, resampling);
  // Only rows that count.
  const above = rows.first[0];
  const below = rows.first[height - 1] + rows.count[height - 1];
  const [rowBytes, resultRowBytes] = [picture.width * 3, width * 3];
  return inMemory(({ take, put, read, loops }) => {
    const from = put(picture.data.subarray(above * rowBytes, below * rowBytes));
    const between = take((below - above) * resultRowBytes);
    const result = take(height * resultRowBytes);
    const putAxis = ({ first, count, weights, stride }) => [put(first), put(count), put(weights), stride];
    loops.resizeRows(from, rowBytes, below - above, between, resultRowBytes, width, ...putAxis(columns));
    // Where the picture's first row would be.
    const firstRow = between - above * resultRowBytes;
    loops.resizeColumns(firstRow, resultRowBytes, resultRowBytes, result, height, ...putAxis(rows));
    return { data: read(result, height * resultRowBytes), width, height };
  });
}

/** Those of the last sizes: the pictures of a folder often have the same. */
const known = new Map();

function weightsOf(pixels, start, end, places, resampling) {
  const key = [pixels, start, end, places, resampling].join();
  const found = known.get(key);
  if (found !== undefined) return found;
  const axis = inFixedPoint(resamplingWeights(resampling, pixels, places, [start, end]));
  if (known.size >= 64) known.clear();
  known.set(key, axis);
  return axis;
}

/** The pixel below the middle of each place. */
function nearest({ data, width: pixels }, [left, top, right, bottom], width, height) {
  const [columns, rows] = [middles(left, right, width), middles(top, bottom, height)];
  const result = new Uint8Array(height * width * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const from = (rows[y] * pixels + columns[x]) * 3;
      for (let channel = 0; channel < 3; channel++) result[to + channel] = data[from + channel];
    }
  }
  return { data: result, width, height };
}

/** Added up as `ImagingScaleAffine` does: where a middle lies between two pixels, rounding decides. */
function middles(start, end, places) {
  const scale = (end - start) / places;
  let middle = start + scale * 0.5;
  return Int32Array.from({ length: places }, () => {
    const pixel = Math.floor(middle);
    middle += scale;
    return pixel;
  });
}
