import type { Canvas, Point } from './canvas.js';
import { colors } from './colors.js';

/** From and to, in the units of the data. */
export type Limits = readonly [low: number, high: number];

export interface AxesOptions {
  /** Where the plot lies on the canvas, in pixels. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly x: { readonly limits: Limits; readonly label: string };
  readonly y: { readonly limits: Limits; readonly label: string };
}

const tickLabelSize = 11;
const axisLabelSize = 11;

/** A plot's frame with ticks, and the way from data to pixels. */
export class Axes {
  constructor(
    private readonly canvas: Canvas,
    private readonly options: AxesOptions,
  ) {}

  /** Where a point of the data lies on the canvas. */
  toPixels(x: number, y: number): Point {
    const { box } = this.options;
    return {
      x: box.left + share(x, this.options.x.limits) * box.width,
      y: box.top + (1 - share(y, this.options.y.limits)) * box.height,
    };
  }

  /** How many pixels a length along x takes. */
  lengthToPixels(length: number): number {
    const [low, high] = this.options.x.limits;
    return (length / (high - low)) * this.options.box.width;
  }

  /** Paints grid lines, frame, tick labels and axis names; data is painted over it. */
  draw(): void {
    const { canvas } = this;
    const { box, x, y } = this.options;
    const bottom = box.top + box.height;
    for (const tick of ticks(x.limits)) {
      const column = Math.round(this.toPixels(tick.value, y.limits[0]).x);
      canvas.rectangle(column, box.top, 1, box.height, colors.grid);
      canvas.rectangle(column, bottom, 1, 6, colors.frame);
      canvas.text(tick.label, column + 0.5, bottom + 12 + tickLabelSize, {
        size: tickLabelSize,
        color: colors.faint,
        align: 'center',
      });
    }
    for (const tick of ticks(y.limits)) {
      const row = Math.round(this.toPixels(x.limits[0], tick.value).y);
      canvas.rectangle(box.left, row, box.width, 1, colors.grid);
      canvas.rectangle(box.left - 6, row, 6, 1, colors.frame);
      canvas.text(tick.label, box.left - 12, row + tickLabelSize / 2, {
        size: tickLabelSize,
        color: colors.faint,
        align: 'right',
      });
    }
    const axisName = { size: axisLabelSize, color: colors.ink, align: 'center' } as const;
    canvas.text(x.label, box.left + box.width / 2, bottom + 46, axisName);
    canvas.text(y.label, box.left - 56, box.top + box.height / 2, { ...axisName, vertical: true });
  }

  /** Paints the frame again, over data that reaches the edge. */
  drawFrame(): void {
    const { left, top, width, height } = this.options.box;
    this.canvas.rectangle(left, top, width, 1, colors.frame);
    this.canvas.rectangle(left, top + height - 1, width, 1, colors.frame);
    this.canvas.rectangle(left, top, 1, height, colors.frame);
    this.canvas.rectangle(left + width - 1, top, 1, height, colors.frame);
  }
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/**
 * Round numbers between two limits, about `count` of them: multiples of 1, 2 or 5 times a power of ten. None between limits
 * whose distance is lost beside their size: multiples of so small a number cannot be counted.
 */
export function ticks([low, high]: Limits, count = 8): Tick[] {
  if (!(high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) return [];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    // `+ 0` turns a negative zero into zero.
    found.push({ value: i * step + 0, label: (i * step + 0).toFixed(decimals) });
  }
  return found;
}

function share(value: number, [low, high]: Limits): number {
  return (value - low) / (high - low);
}
