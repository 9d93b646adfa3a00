/**
 * The weights of Pillow's filters. JavaScript and not TypeScript, as the worker thread that decodes pictures starts from
 * files as they stand; types are in `weights.d.ts`.
 */

export const precisionBits = 32 - 8 - 2;

/** How much a pixel at a distance counts, and the distance from which on none does. */
const filters = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  // Keys' cubic with a = -1/2.
  bicubic: {
    support: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
  box: { support: 0.5, weight: (distance) => (distance > -0.5 && distance <= 0.5 ? 1 : 0) },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** As `precompute_coeffs` of Pillow's `Resample.c`. */
export function resamplingWeights(filter, pixels, places, [start, end] = [0, pixels]) {
  const { support: reach, weight } = filters[filter];
  const scale = (end - start) / places;
  const filterScale = Math.max(scale, 1);
  const support = reach * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(places);
  const count = new Int32Array(places);
  const weights = new Float64Array(places * stride);
  for (let place = 0; place < places; place++) {
    const center = start + (place + 0.5) * scale;
    first[place] = Math.max(0, Math.trunc(center - support + 0.5));
    count[place] = Math.min(pixels, Math.trunc(center + support + 0.5)) - first[place];
    const own = weights.subarray(place * stride, place * stride + count[place]);
    let sum = 0;
    for (let i = 0; i < own.length; i++) {
      own[i] = weight((i + first[place] - center + 0.5) * (1 / filterScale));
      sum += own[i];
    }
    for (let i = 0; i < own.length && sum !== 0; i++) own[i] /= sum;
  }
  return { first, count, weights, stride };
}

/** As `normalize_coeffs_8bpc` there. */
export function inFixedPoint({ weights, ...rest }) {
  const rounded = Int32Array.from(weights, (weight) => {
    const fixed = weight * 2 ** precisionBits;
    return Math.trunc(fixed + (fixed < 0 ? -0.5 : 0.5));
  });
  return { ...rest, weights: rounded };
}
