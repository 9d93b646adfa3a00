/**
 * Brings images whose channels are stored one after the other, `[channels, ...]`, to pixels whose channels lie
 * together, `[..., channels]`.
 *
 * @param planes any number of images of `channels` planes of `plane` values
 */
export function planesToPixels<Values extends Uint8Array | Float32Array>(
  planes: Values,
  { plane, channels }: { readonly plane: number; readonly channels: number },
): Values {
  const pixels = planes.slice() as Values;
  const image = plane * channels;
  for (let first = 0; first < planes.length; first += image) {
    for (let channel = 0; channel < channels; channel++) {
      const from = first + channel * plane;
      for (let pixel = 0; pixel < plane; pixel++) {
        pixels[first + pixel * channels + channel] = planes[from + pixel];
      }
    }
  }
  return pixels;
}
