import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

export interface LineChartContent {
  readonly title: string;
  readonly series: readonly {
    readonly name: string;
    /** Step and value; where a value is not finite the curve has a gap. */
    readonly points: readonly (readonly [step: number, value: number])[];
    /** Drawn below the others, in grey. */
    readonly muted?: boolean;
  }[];
  /** Last step of the axis. */
  readonly steps: number;
}

/** Readable on white and on black, and with the common colour-vision deficiencies. */
const palette = ['#2f81f7', '#e16f24', '#2da44e', '#bf5af2', '#d4a72c', '#57606a', '#ff6eb4', '#1b9aaa'];

/** Stand-ins that the page's style replaces, so that a chart follows its light or dark scheme. */
const styled = { '#010101': 'var(--ink)', '#020202': 'var(--faint)', '#030303': 'var(--rule)' } as const;
const [ink, faint, rule] = Object.keys(styled);

/** Up to here the points of a curve are marked. */
const fewPoints = 60;

const width = 540;
const height = 300;

/** A chart of curves over training steps, as an SVG element. */
export function lineChart({ title, series, steps }: LineChartContent): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const named = series.length > 1;
    chart.setOption({
      animation: false,
      color: palette,
      textStyle: { fontFamily: 'system-ui, sans-serif' },
      legend: {
        show: named,
        top: 4,
        left: 8,
        icon: 'roundRect',
        itemWidth: 14,
        itemGap: 26,
        itemHeight: 4,
        textStyle: { color: ink },
      },
      grid: {
        left: 12,
        right: 28,
        top: named ? 56 : 20,
        bottom: 40,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: {
        type: 'value',
        name: 'step',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: faint },
        min: 0,
        max: steps,
        axisLine: { lineStyle: { color: faint } },
        axisLabel: { color: faint, hideOverlap: true },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: faint },
        splitLine: { lineStyle: { color: rule } },
      },
      series: series.map(({ name, points, muted }) => ({
        name,
        type: 'line',
        silent: true,
        data: points.map(([step, value]) => [step, Number.isFinite(value) ? value : '-']),
        // Between gaps there are points that no line leads to.
        showSymbol: points.length <= fewPoints,
        symbolSize: 5,
        lineStyle: { width: points.length <= fewPoints ? 2 : 1.2 },
        ...(muted && { color: faint }),
      })),
    });
    let svg = chart.renderToSVGString();
    for (const [standIn, variable] of Object.entries(styled)) svg = svg.replaceAll(standIn, variable);
    return svg.replace('<svg ', `<svg role="img" aria-label="${title}" `);
  } finally {
    // A chart that is not disposed of keeps the process alive.
    chart.dispose();
  }
}
