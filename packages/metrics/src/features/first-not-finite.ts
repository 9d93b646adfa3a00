/** Where the first number is that is NaN or infinite. */
export function firstNotFinite(values: Float32Array | Float64Array): number | undefined {
  // Most are asked of numbers that are all finite, and that is told sooner than which one is not.
  if (sumTimesZero(values) === 0) return undefined;
  return values.findIndex((value) => !Number.isFinite(value));
}

/** 0, or NaN where a number is not finite; in four parts, which a processor adds side by side. */
function sumTimesZero(values: Float32Array | Float64Array): number {
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
    c += values[i + 2] * 0;
    d += values[i + 3] * 0;
  }
  for (let i = whole; i < values.length; i++) a += values[i] * 0;
  return a + b + c + d;
}
