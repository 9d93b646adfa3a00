/**
 * Pictures of RGB bytes brought to another size by Pillow's filters, to the byte as Pillow does it. JavaScript and not
 * TypeScript, as the worker thread that decodes pictures starts from this file as it stands; types are in `resample.d.ts`.
 */

/** How much a pixel at a distance counts, and the distance from which on none does. */
const filters = {
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  // Keys' cubic with a = -1/2.
  bicubic: {
    support: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

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
  const count = rows.first[height - 1] + rows.count[height - 1] - above;
  const between = new Uint8Array(count * width * 3);
  for (let y = 0; y < count; y++) {
    resizeRow(picture.data, (above + y) * picture.width * 3, columns, between, y * width * 3);
  }
  const data = new Uint8Array(height * width * 3);
  const sums = new Int32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(half);
    for (let i = 0; i < rows.count[y]; i++) {
      addRow(sums, between, (rows.first[y] - above + i) * sums.length, rows.weights[y * rows.stride + i]);
    }
    for (let k = 0, to = y * sums.length; k < sums.length; k++) data[to + k] = clipByte(sums[k]);
  }
  return { data, width, height };
}

function resizeRow(data, from, { first, count, weights, stride }, result, to) {
  for (let x = 0; x < first.length; x++) {
    let red = half;
    let green = half;
    let blue = half;
    let at = from + first[x] * 3;
    const end = x * stride + count[x];
    for (let i = x * stride; i < end; i++, at += 3) {
      const weight = weights[i];
      red = (red + Math.imul(data[at], weight)) | 0;
      green = (green + Math.imul(data[at + 1], weight)) | 0;
      blue = (blue + Math.imul(data[at + 2], weight)) | 0;
    }
    const place = to + x * 3;
    result[place] = clipByte(red);
    result[place + 1] = clipByte(green);
    result[place + 2] = clipByte(blue);
  }
}

function addRow(sums, row, from, weight) {
  for (let k = 0; k < sums.length; k++) sums[k] += Math.imul(row[from + k], weight);
}

/** Bits behind the point of Pillow's weights for bytes, and one half. */
const precisionBits = 32 - 8 - 2;
const half = 1 << (precisionBits - 1);

function clipByte(sum) {
  const byte = sum >> precisionBits;
  return byte < 0 ? 0 : byte > 255 ? 255 : byte;
}

/** Those of the last sizes: the pictures of a folder often have the same. */
const known = new Map();

/** Of one axis: for every place of the result the pixels that count and their weights; `precompute_coeffs` of Pillow's `Resample.c`. */
function weightsOf(pixels, start, end, places, resampling) {
  const key = [pixels, start, end, places, resampling].join();
  const found = known.get(key);
  if (found !== undefined) return found;
  const { support: reach, weight } = filters[resampling];
  const scale = (end - start) / places;
  const filterScale = Math.max(scale, 1);
  const support = reach * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const axis = {
    first: new Int32Array(places),
    count: new Int32Array(places),
    weights: new Int32Array(places * stride),
    stride,
  };
  for (let place = 0; place < places; place++) {
    const center = start + (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(pixels, Math.trunc(center + support + 0.5)) - first;
    const exact = Array.from({ length: count }, (_, i) =>
      weight((i + first - center + 0.5) * (1 / filterScale)),
    );
    const sum = exact.reduce((total, each) => total + each, 0);
    axis.first[place] = first;
    axis.count[place] = count;
    exact.forEach((each, i) => {
      const fixed = (each / sum) * 2 ** precisionBits;
      axis.weights[place * stride + i] = Math.trunc(fixed + (fixed < 0 ? -0.5 : 0.5));
    });
  }
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
