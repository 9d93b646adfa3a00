import type { EChartsOption } from 'echarts';
import { colors } from './colors.js';
import { fontFamily } from './font.js';

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** What ECharts says of a chart, as an SVG picture of so many pixels. The library is loaded with the first. */
export async function drawChart(option: EChartsOption, { width, height }: ChartSize): Promise<string> {
  const { init } = await import('./echarts.js');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: colors.paper,
      textStyle: { fontFamily },
      ...option,
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
