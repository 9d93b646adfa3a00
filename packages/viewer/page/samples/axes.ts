import { color } from '../colors.js';

export interface Axis {
  readonly label: string;
  readonly limits: readonly [low: number, high: number];
}

const margin = { left: 48, right: 10, top: 10, bottom: 40 };
/** CSS pixels between two numbers of an axis, about. */
const spacing = 70;

/**
 * The frame of a plot with its numbers and names. Not by echarts, which draws plots for files: its canvas with axes, points and
 * lines is 507 kB of script (173 kB compressed), where the whole page has 101 kB (41 kB), uPlot included, and every report holds the page. It would be no
 * faster: 2,000 points over 2,000 took it 33 ms in its mode for many points (250 ms without), and 23 to 31 ms here, in the same Chromium without a GPU.
 */
export class Axes {
  readonly left = margin.left;
  readonly top = margin.top;
  readonly width: number;
  readonly height: number;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    width: number,
    height: number,
    private readonly axes: { readonly x: Axis; readonly y: Axis },
  ) {
    this.width = width - margin.left - margin.right;
    this.height = height - margin.top - margin.bottom;
  }

  x(value: number): number {
    const [low, high] = this.axes.x.limits;
    return this.left + ((value - low) / (high - low)) * this.width;
  }

  y(value: number): number {
    const [low, high] = this.axes.y.limits;
    return this.top + (1 - (value - low) / (high - low)) * this.height;
  }

  /** Draws inside the frame alone. */
  inside(draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(this.left, this.top, this.width, this.height);
    this.context.clip();
    draw();
    this.context.restore();
  }

  draw(): void {
    const { context, left, top, width, height } = this;
    const [bottom, right] = [top + height, left + width];
    context.save();
    context.font = '12px system-ui, sans-serif';
    context.lineWidth = 1;
    context.strokeStyle = color('rule');
    context.fillStyle = color('faint');
    const line = (x1: number, y1: number, x2: number, y2: number) => {
      context.beginPath();
      context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
      context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
      context.stroke();
    };
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const across = ticks(this.axes.x.limits, width / spacing);
    for (const { value, text } of across) {
      line(this.x(value), top, this.x(value), bottom);
      context.fillText(text, this.x(value), bottom + 6);
    }
    context.fillText(this.axes.x.label, left + width / 2, bottom + 23);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const { value, text } of ticks(this.axes.y.limits, height / spacing)) {
      line(left, this.y(value), right, this.y(value));
      context.fillText(text, left - 6, this.y(value));
    }
    context.translate(10, top + height / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.fillText(this.axes.y.label, 0, 0);
    context.restore();
    context.save();
    context.strokeStyle = color('faint');
    context.strokeRect(left + 0.5, top + 0.5, width, height);
    context.restore();
  }
}

/** Round numbers within limits, about as many as wanted, at least two. */
function ticks(
  [low, high]: readonly [number, number],
  wanted: number,
): { readonly value: number; readonly text: string }[] {
  const rough = (high - low) / Math.max(2, wanted);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  // The nearest round one.
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough / 1.5)! * power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, text: (value === 0 ? 0 : value).toFixed(digits) };
  });
}
