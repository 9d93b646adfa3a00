/** A canvas that is as sharp as the screen, and is told when it must be drawn again. */
export function prepareCanvas(canvas: HTMLCanvasElement): {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
} {
  // Beyond 2 nobody sees a difference, and every frame costs twice as much.
  const scale = Math.min(2, devicePixelRatio);
  const { clientWidth: width, clientHeight: height } = canvas;
  const [wanted, tall] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wanted) canvas.width = wanted;
  if (canvas.height !== tall) canvas.height = tall;
  const context = canvas.getContext('2d')!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** A colour of the style sheet, in the present scheme. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/**
 * A square picture of one colour, row after row from the upper left.
 *
 * @param shares how much of it each pixel has; below 0 is none, above 1 is all
 */
export function tinted(side: number, shares: Float32Array, fill: string): OffscreenCanvas {
  const picture = new OffscreenCanvas(side, side);
  const context = picture.getContext('2d')!;
  const image = context.createImageData(side, side);
  shares.forEach((share, pixel) => (image.data[4 * pixel + 3] = 255 * share));
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = fill;
  context.fillRect(0, 0, side, side);
  return picture;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Calls `draw` when the page changes between light and dark, or the canvas its size. */
export function onLookChange(canvas: HTMLCanvasElement, draw: () => void): void {
  const redraw = () => {
    if (canvas.isConnected) draw();
    else dark.removeEventListener('change', redraw);
  };
  // A canvas that comes into the page has a new size, too.
  new ResizeObserver(() => {
    dark.addEventListener('change', redraw);
    redraw();
  }).observe(canvas);
}
