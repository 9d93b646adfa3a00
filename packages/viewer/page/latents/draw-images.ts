/** Images one after the other, as a bitmap each. */
export function toBitmaps(
  samples: Float32Array,
  [height, width, channels]: readonly number[],
  [low, high]: readonly [low: number, high: number],
): ImageData[] {
  const size = height * width * channels;
  return Array.from({ length: samples.length / size }, (_, image) => {
    const bitmap = new ImageData(width, height);
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = samples[image * size + pixel * channels + (channels === 1 ? 0 : channel)];
        // Clamped and rounded by the array itself.
        bitmap.data[4 * pixel + channel] = (255 * (value - low)) / (high - low);
      }
      bitmap.data[4 * pixel + 3] = 255;
    }
    return bitmap;
  });
}

/** The images that lie evenly on a way in a row, and one of them large. */
export function drawImages(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  {
    images,
    at,
    inRow,
  }: { readonly images: readonly ImageData[]; readonly at: number; readonly inRow: number },
): void {
  const gap = 3;
  const small = (width - (inRow - 1) * gap) / inRow;
  context.imageSmoothingEnabled = false;
  const place = (image: ImageData, left: number, top: number, side: number) => {
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    context.drawImage(canvas, left, top, side, (side * image.height) / image.width);
  };
  for (let i = 0; i < inRow; i++) {
    const image = images[Math.round((i * (images.length - 1)) / (inRow - 1))];
    place(image, i * (small + gap), 0, small);
  }
  const side = Math.min(width, height - small - gap);
  place(images[Math.round(at * (images.length - 1))], (width - side) / 2, small + gap, side);
}
