/**
 * A canvas that is as sharp as the screen, and empty.
 *
 * @param options of its context. Without `alpha` it has no holes, and what lies under it need not be drawn with each frame, which
 *   is much work where no graphics card does it
 */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  options?: CanvasRenderingContext2DSettings,
): {
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
  const context = canvas.getContext('2d', options)!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

const dark = matchMedia('(prefers-color-scheme: dark)');
/** By name and scheme: to ask for one makes the browser look through all that has changed in the page. */
const colours = new Map<string, string>();

/** A colour of the style sheet, in the present scheme. */
export function colour(name: string): string {
  const key = `${name}, dark: ${dark.matches}`;
  const known = colours.get(key);
  if (known !== undefined) return known;
  // The value of `--name` itself may be `light-dark(...)`, which no canvas takes: all would be black.
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  colours.set(key, color);
  return color;
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
