import { unpackNumbers, type Plane } from '../../src/view/index.js';
import { color } from '../colors.js';
import { Axes } from './axes.js';
import type { LegendEntry } from './legend.js';

const bins = 100;
/** A collapsed generator is a needle: above this many real peaks it is cut, not the rest squeezed flat. */
const cutAt = 3;

/** The densities of real and generated numbers, as histograms. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { plane, generated }: { readonly plane: Plane; readonly generated: Float32Array },
): void {
  const { limits } = plane;
  const real = histogram(unpackNumbers(plane.real), limits);
  const ours = histogram(generated, limits);
  const top = densityTop(real, ours);
  const axes = new Axes(context, width, height, {
    x: { label: 'x', limits },
    y: { label: 'density', limits: [0, top] },
  });
  axes.draw();
  const curve = (density: Float64Array) => {
    context.beginPath();
    density.forEach((share, bin) => {
      context.lineTo(axes.x(limits[0] + ((bin + 0.5) / bins) * (limits[1] - limits[0])), axes.y(share));
    });
  };
  axes.inside(() => {
    for (const [density, paint, alpha] of [
      [real, color('real'), 0.35],
      [ours, color('generated'), 0.12],
    ] as const) {
      curve(density);
      context.strokeStyle = context.fillStyle = paint;
      context.lineWidth = 2;
      context.stroke();
      context.lineTo(axes.x(limits[1]), axes.y(0));
      context.lineTo(axes.x(limits[0]), axes.y(0));
      context.globalAlpha = alpha;
      context.fill();
      context.globalAlpha = 1;
    }
  });
}

export function densityLegend({
  plane,
  generated,
}: {
  readonly plane: Plane;
  readonly generated: Float32Array;
}): LegendEntry[] {
  const [real, ours] = [unpackNumbers(plane.real), generated].map((of) => histogram(of, plane.limits));
  const peak = Math.max(...ours);
  const isCut = peak > densityTop(real, ours);
  return [
    { mark: 'dot real', label: 'real' },
    { mark: 'dot generated', label: isCut ? `generated (cut, peak ${peak.toFixed(1)})` : 'generated' },
  ];
}

function densityTop(real: Float64Array, generated: Float64Array): number {
  const realPeak = Math.max(...real);
  return 1.08 * Math.max(realPeak, Math.min(Math.max(...generated), cutAt * realPeak)) || 1;
}

/** The share of numbers per unit of length in each bin; numbers outside the limits count for the total. */
function histogram(values: ArrayLike<number>, [low, high]: readonly [number, number]): Float64Array {
  const density = new Float64Array(bins);
  const weight = bins / (high - low) / values.length;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) density[bin] += weight;
  }
  return density;
}
