import type { LineSeriesOption } from 'echarts';
import { colors, drawChart, type Limits, plot, plotSize, toPng } from './chart/index.js';

export interface DensityContent {
  readonly title: string;
  readonly subtitle: string;
  /** Numbers in the units of the axis. */
  readonly generated: ArrayLike<number>;
  readonly real: ArrayLike<number>;
  readonly limits: Limits;
}

const bins = 100;

/** The densities of generated and real numbers as histograms, 900 by 900 pixels. */
export async function drawDensity({
  title,
  subtitle,
  limits,
  ...numbers
}: DensityContent): Promise<Uint8Array> {
  const real = histogram(numbers.real, limits);
  const generated = histogram(numbers.generated, limits);
  // A collapsed generator is a needle: past three times the real peak it is cut, not the rest squeezed flat.
  const realPeak = Math.max(...real);
  const peak = Math.max(...generated);
  const top = 1.08 * Math.max(realPeak, Math.min(peak, 3 * realPeak));
  const width = (limits[1] - limits[0]) / bins;
  const curve = (
    name: string,
    density: Float64Array,
    color: string,
    look: { readonly line: number; readonly area: number },
  ): LineSeriesOption => ({
    type: 'line',
    name,
    data: Array.from(density, (height, i) => [limits[0] + (i + 0.5) * width, Math.min(height, top)]),
    symbol: 'none',
    lineStyle: { color, width: look.line },
    itemStyle: { color },
    areaStyle: { color, opacity: look.area },
    silent: true,
  });
  const named = peak > top ? `generated (cut, peak ${peak.toFixed(1)})` : 'generated';
  const series = [
    curve('real', real, colors.real, { line: 1.6, area: 0.35 }),
    curve(named, generated, colors.generated, { line: 2.4, area: 0.12 }),
  ];
  const y = { name: 'density', limits: [0, top] as const };
  return toPng(await drawChart(plot({ title, subtitle, x: { name: 'x', limits }, y, series }), plotSize));
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
