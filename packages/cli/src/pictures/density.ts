import { Axes, type Limits } from './axes.js';
import { Canvas, type Point } from './canvas.js';
import { colors, type Color } from './colors.js';
import { drawLegend, drawTitle } from './legend.js';

export interface DensityContent {
  readonly title: string;
  readonly subtitle: string;
  /** Numbers in the units of the axis. */
  readonly generated: ArrayLike<number>;
  readonly real: ArrayLike<number>;
  readonly limits: Limits;
}

const size = 900;
const plot = { left: 100, top: 96, width: 740, height: 716 };
const bins = 100;

/** The densities of generated and real numbers as histograms, 900 by 900 pixels. */
export function drawDensity(content: DensityContent): Canvas {
  const canvas = new Canvas(size, size, colors.paper);
  const real = histogram(content.real, content.limits);
  const generated = histogram(content.generated, content.limits);
  // A collapsed generator is a needle: past three times the real peak it is cut, not the rest squeezed flat.
  const realPeak = Math.max(...real);
  const peak = Math.max(...generated);
  const top = 1.08 * Math.max(realPeak, Math.min(peak, 3 * realPeak));
  const axes = new Axes(canvas, {
    box: plot,
    x: { limits: content.limits, label: 'x' },
    y: { limits: [0, top], label: 'density' },
  });
  drawTitle(canvas, plot.left, content.title, content.subtitle);
  axes.draw();

  const baseline = plot.top + plot.height;
  const curve = (density: Float64Array) => {
    const width = (content.limits[1] - content.limits[0]) / bins;
    return [...density].map((height, i) =>
      axes.toPixels(content.limits[0] + (i + 0.5) * width, Math.min(height, top)),
    );
  };
  canvas.areaUnder(curve(real), baseline, colors.real, 0.35);
  canvas.lines([curve(real)], 1.6, colors.faint);
  canvas.areaUnder(curve(generated), baseline, colors.generated, 0.12);
  canvas.lines([curve(generated)], 2.4, colors.generated);
  axes.drawFrame();
  const swatch = (label: string, color: Color) => ({
    label,
    paint: ({ x, y }: Point) => canvas.rectangle(Math.round(x) - 9, Math.round(y) - 2, 18, 4, color),
  });
  drawLegend(
    canvas,
    [
      swatch('real', colors.real),
      swatch(peak > top ? `generated (cut, peak ${peak.toFixed(1)})` : 'generated', colors.generated),
    ],
    {
      x: plot.left + plot.width / 2,
      y: size - 22,
    },
  );
  return canvas;
}

/** The share of numbers per unit of length in each bin; numbers outside the limits count for the total. */
function histogram(values: ArrayLike<number>, [low, high]: Limits): Float64Array {
  const density = new Float64Array(bins);
  const weight = bins / (high - low) / values.length;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) density[bin] += weight;
  }
  return density;
}
