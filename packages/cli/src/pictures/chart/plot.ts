import type { EChartsOption, ScatterSeriesOption } from 'echarts';
import { colors } from './colors.js';
import { heading } from './heading.js';

/** From and to, in the units of the data. */
export type Limits = readonly [low: number, high: number];

interface Axis {
  readonly name: string;
  readonly limits: Limits;
}

/** Where the plot of a picture with one lies, in pixels. */
export const plotBox = { left: 100, top: 96, width: 716, height: 716 } as const;

export const plotSize = { width: 900, height: 900 } as const;

/** A picture with one plot: heading, named axes, and a legend of the series that are drawn. */
export function plot({
  title,
  subtitle,
  x,
  y,
  series,
}: {
  readonly title: string;
  readonly subtitle: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: EChartsOption['series'];
}): EChartsOption {
  return {
    title: heading({ title, subtitle }, { left: plotBox.left, width: plotBox.width }),
    grid: frame(plotBox),
    xAxis: axisAt(x, { gap: 34 }),
    yAxis: axisAt(y, { gap: 52 }),
    legend: {
      bottom: 12,
      itemGap: 26,
      itemStyle: { opacity: 0.9 },
      textStyle: { fontSize: 15, color: colors.ink },
    },
    series,
  };
}

export function frame(box: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}) {
  return { ...box, show: true, borderColor: colors.frame, containLabel: false };
}

/** @param gap between the axis and its name, in pixels */
export function axisAt(
  { name, limits: [min, max] }: Axis,
  { gap, size = 15 }: { gap: number; size?: number },
) {
  return {
    type: 'value',
    min,
    max,
    name,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { fontSize: size + 1, color: colors.ink },
    axisLabel: {
      fontSize: size,
      color: colors.faint,
      showMinLabel: isRound(min),
      showMaxLabel: isRound(max),
    },
    axisLine: { show: true, onZero: false, lineStyle: { color: colors.frame } },
    axisTick: { show: true, lineStyle: { color: colors.frame } },
    splitLine: { lineStyle: { color: colors.grid } },
  } as const;
}

/** Parts that points are drawn in, each as one shape: so many may lie on one another and still add to what is seen. */
const layers = 8;

/**
 * Points of one look and name. An element for each would take several times as long as a shape for an eighth of them.
 *
 * @param points x, y, x, y, ...; those outside the limits are left out
 */
export function dots(
  name: string,
  points: ArrayLike<number>,
  limits: { readonly x: Limits; readonly y: Limits },
  { color, opacity, size }: { readonly color: string; readonly opacity: number; readonly size: number },
): ScatterSeriesOption[] {
  const parts: [x: number, y: number][][] = Array.from({ length: layers }, () => []);
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i], points[i + 1]];
    if (isWithin(x, limits.x) && isWithin(y, limits.y)) parts[(i / 2) % layers].push([x, y]);
  }
  return parts
    .filter((part) => part.length > 0)
    .map((data) => ({
      type: 'scatter',
      name,
      data,
      large: true,
      largeThreshold: 0,
      symbolSize: size,
      itemStyle: { color, opacity },
      silent: true,
    }));
}

/** Whether a limit is a number that a tick would be at; most have more digits, and their labels would lie on those of ticks. */
function isRound(limit: number): boolean {
  return Number(limit.toPrecision(1)) === limit;
}

function isWithin(value: number, [low, high]: Limits): boolean {
  return value >= low && value <= high;
}
