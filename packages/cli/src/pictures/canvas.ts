import { PNG } from 'pngjs';
import type { Color } from './colors.js';
import { textStrokes, textWidth } from './stroke-font.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TextStyle {
  /** Height of a capital letter in pixels. */
  readonly size: number;
  readonly color: Color;
  /** Which part of the text lies at the given x; default `left`. */
  readonly align?: 'left' | 'center' | 'right';
  /** Turned a quarter to the left, for a vertical axis; `align` then counts along the text. */
  readonly vertical?: boolean;
  /** Width of the strokes in pixels; default a tenth of the size, at least 1.2. */
  readonly weight?: number;
}

/**
 * A picture that shapes are painted on with smooth edges. Coordinates are pixels, x to the right and y
 * down; the centre of the first pixel is (0.5, 0.5).
 */
export class Canvas {
  private readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Color,
  ) {
    const row = new Uint8Array(width * 3);
    for (let i = 0; i < row.length; i++) row[i] = background[i % 3];
    this.pixels = new Uint8Array(row.length * height);
    for (let y = 0; y < height; y++) this.pixels.set(row, y * row.length);
  }

  /** Fills whole pixels: `left` to `left + width`, `top` to `top + height`. */
  rectangle(left: number, top: number, width: number, height: number, color: Color, opacity = 1): void {
    this.cover(left, top, left + width, top + height, color, opacity, () => 1);
  }

  disc(center: Point, radius: number, color: Color, opacity = 1): void {
    const reach = radius + 1;
    this.cover(
      center.x - reach,
      center.y - reach,
      center.x + reach,
      center.y + reach,
      color,
      opacity,
      (x, y) => edge(radius - Math.hypot(x - center.x, y - center.y)),
    );
  }

  ring(center: Point, radius: number, lineWidth: number, color: Color, opacity = 1): void {
    const reach = radius + lineWidth;
    this.cover(
      center.x - reach,
      center.y - reach,
      center.x + reach,
      center.y + reach,
      color,
      opacity,
      (x, y) => edge(lineWidth / 2 - Math.abs(Math.hypot(x - center.x, y - center.y) - radius)),
    );
  }

  /** Strokes lines through points, each list a line of its own, all painted as one shape. */
  lines(strokes: readonly (readonly Point[])[], lineWidth: number, color: Color, opacity = 1): void {
    const segments = strokes.flatMap((stroke) =>
      stroke.slice(0, Math.max(1, stroke.length - 1)).map((from, i) => ({ from, to: stroke[i + 1] ?? from })),
    );
    const whole = this.boxAround(strokes.flat(), lineWidth);
    const width = Math.max(0, whole.right - whole.left);
    const height = Math.max(0, whole.bottom - whole.top);
    // Coverage first, colour last: where two segments meet, a pixel is painted once.
    const coverage = new Float64Array(width * height);
    for (const { from, to } of segments) {
      const { left, right, top, bottom } = this.boxAround([from, to], lineWidth);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const covered = edge(lineWidth / 2 - distanceToSegment(x + 0.5, y + 0.5, from, to));
          const pixel = (y - whole.top) * width + x - whole.left;
          if (covered > coverage[pixel]) coverage[pixel] = covered;
        }
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const pixel = (whole.top + y) * this.width + whole.left + x;
        this.blend(pixel, color, coverage[y * width + x] * opacity);
      }
    }
  }

  /** The pixels that a line through these points can touch. */
  private boxAround(points: readonly Point[], lineWidth: number) {
    const reach = lineWidth / 2 + 1;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return {
      left: Math.max(0, Math.floor(left - reach)),
      right: Math.min(this.width, Math.ceil(right + reach)),
      top: Math.max(0, Math.floor(top - reach)),
      bottom: Math.min(this.height, Math.ceil(bottom + reach)),
    };
  }

  /** Fills the area between a curve and a horizontal line. `curve` runs from left to right. */
  areaUnder(curve: readonly Point[], baseline: number, color: Color, opacity = 1): void {
    const first = curve[0];
    const last = curve.at(-1);
    if (first === undefined || last === undefined) return;
    const top = Math.min(...curve.map(({ y }) => y));
    let next = 1;
    for (let column = Math.floor(first.x); column < Math.ceil(last.x); column++) {
      while (next < curve.length - 1 && curve[next].x < column + 0.5) next++;
      const from = curve[next - 1];
      const to = curve[next] ?? last;
      const share = to.x > from.x ? Math.min(1, Math.max(0, (column + 0.5 - from.x) / (to.x - from.x))) : 1;
      const height = from.y + share * (to.y - from.y);
      this.cover(column, top - 1, column + 1, baseline, color, opacity, (_, y) => edge(y - height));
    }
  }

  /** Writes text whose baseline lies at `y`. */
  text(content: string, x: number, y: number, style: TextStyle): void {
    const width = textWidth(content, style.size);
    const shift = { left: 0, center: width / 2, right: width }[style.align ?? 'left'];
    const strokes = textStrokes(content, style.size).map((stroke) =>
      stroke.map((point) =>
        style.vertical === true
          ? { x: x - point.y, y: y - (point.x - shift) }
          : { x: x + point.x - shift, y: y - point.y },
      ),
    );
    this.lines(strokes, style.weight ?? Math.max(1.2, style.size / 8), style.color);
  }

  /** Copies a picture of bytes, each pixel as a square of `scale` pixels. `channels` is 1 or 3. */
  image(
    bytes: Uint8Array,
    shape: { readonly width: number; readonly height: number; readonly channels: number },
    left: number,
    top: number,
    scale: number,
  ): void {
    for (let y = 0; y < shape.height * scale; y++) {
      for (let x = 0; x < shape.width * scale; x++) {
        const source = (Math.floor(y / scale) * shape.width + Math.floor(x / scale)) * shape.channels;
        const target = ((top + y) * this.width + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          this.pixels[target + channel] = bytes[source + (shape.channels === 1 ? 0 : channel)];
        }
      }
    }
  }

  toPng(): Uint8Array {
    const { width, height } = this;
    // One that makes no room for pixels with opacity: it is given those that are here.
    const png = Object.assign(new PNG(), { width, height, data: Buffer.from(this.pixels.buffer) });
    const asItIs = { inputColorType: 2, colorType: 2, inputHasAlpha: false } as const;
    // Flat graphics compress as well unfiltered, in less than half the time.
    return PNG.sync.write(png, { ...asItIs, filterType: 0, deflateLevel: 6 });
  }

  /** Paints every pixel of a box as far as `coverage` says, which sees the pixel's centre. */
  private cover(
    left: number,
    top: number,
    right: number,
    bottom: number,
    color: Color,
    opacity: number,
    coverage: (x: number, y: number) => number,
  ): void {
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.height, Math.ceil(bottom)); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(this.width, Math.ceil(right)); x++) {
        this.blend(y * this.width + x, color, coverage(x + 0.5, y + 0.5) * opacity);
      }
    }
  }

  private blend(pixel: number, color: Color, opacity: number): void {
    if (opacity <= 0) return;
    for (let channel = 0; channel < 3; channel++) {
      const index = pixel * 3 + channel;
      this.pixels[index] = Math.round(this.pixels[index] * (1 - opacity) + color[channel] * opacity);
    }
  }
}

/** How much of a pixel lies inside a shape, from the signed distance of its centre to the shape's edge. */
function edge(inside: number): number {
  return Math.min(1, Math.max(0, inside + 0.5));
}

function distanceToSegment(x: number, y: number, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}
