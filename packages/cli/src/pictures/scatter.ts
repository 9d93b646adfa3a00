import type { ScatterSeriesOption } from 'echarts';
import { colors, dots, drawChart, type Limits, plot, plotBox, plotSize, toPng } from './chart/index.js';

/** True modes of a mixture of points. */
export interface Modes {
  readonly centres: readonly (readonly number[])[];
  /** A point within this distance of a centre is one of its mode. */
  readonly radius: number;
  /** Which of them a metric of the run calls covered; without one, nothing is said of that. */
  readonly covered?: readonly boolean[];
}

export interface ScatterContent {
  readonly title: string;
  readonly subtitle: string;
  /** x, y, x, y, ... in the units of the axes. */
  readonly generated: ArrayLike<number>;
  /** Of both axes. */
  readonly limits: Limits;
  readonly modes?: Modes;
  /** Real points, shown behind the generated ones. */
  readonly real: ArrayLike<number>;
}

/** Generated points over real ones and the true modes, 900 by 900 pixels. Points outside the axes are left out. */
export async function drawScatter(content: ScatterContent): Promise<Uint8Array> {
  const { title, subtitle, limits } = content;
  const axis = (name: string) => ({ name, limits });
  const option = plot({ title, subtitle, x: axis('x'), y: axis('y'), series: scatterSeries(content) });
  return toPng(await drawChart(option, plotSize));
}

/** What is drawn, from back to front: nothing without points. */
export function scatterSeries({
  generated,
  real,
  modes,
  limits,
}: Omit<ScatterContent, 'title' | 'subtitle'>): ScatterSeriesOption[] {
  const both = { x: limits, y: limits };
  const look = { color: colors.generated, opacity: 0.45, size: 6 };
  const inMode: number[] = [];
  const strays: number[] = [];
  for (let i = 0; i + 1 < generated.length; i += 2) {
    const isStray = modes !== undefined && !isInMode(generated[i], generated[i + 1], modes);
    (isStray ? strays : inMode).push(generated[i], generated[i + 1]);
  }
  return [
    ...dots('real', real, both, { color: colors.real, opacity: 0.25, size: 5 }),
    ...dots(modes === undefined ? 'generated' : 'generated, in a mode', inMode, both, look),
    ...dots('generated, in no mode', strays, both, { ...look, color: colors.stray, opacity: 0.7 }),
    ...(modes === undefined ? [] : rings(modes, limits)),
  ];
}

function rings({ centres, radius, covered }: Modes, [low, high]: Limits): ScatterSeriesOption[] {
  const diameter = ((2 * radius) / (high - low)) * plotBox.width;
  const ring = (name: string, of: Modes['centres'], borderColor: string, borderWidth: number) => ({
    type: 'scatter' as const,
    name,
    data: of.map((centre) => [...centre]),
    symbolSize: diameter,
    itemStyle: { color: 'transparent', borderColor, borderWidth },
    silent: true,
  });
  const those = (wanted: boolean) => centres.filter((_, mode) => covered?.[mode] === wanted);
  const kinds =
    covered === undefined
      ? [ring('mode', centres, colors.ink, 1.6)]
      : [
          ring('mode covered', those(true), colors.ink, 1.6),
          ring('mode missed', those(false), colors.missed, 2.6),
        ];
  return kinds.filter(({ data }) => data.length > 0);
}

function isInMode(x: number, y: number, { centres, radius }: Modes): boolean {
  return centres.some((centre) => Math.hypot(x - centre[0], y - centre[1]) <= radius);
}
