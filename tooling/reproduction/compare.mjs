/**
 * Draws one metric of several kept runs over their steps: docs/reproduction/images/<picture>.svg.
 *
 *     node tooling/reproduction/compare.mjs <picture> <metric> <name>=<label> ...
 *
 * A name is that of a file in docs/reproduction/results, which seeds.mjs has written; its first run is drawn.
 */
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { readFileSync, writeFileSync } from 'node:fs';

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

const [picture, metric, ...runs] = process.argv.slice(2);
if (runs.length === 0) {
  console.error(
    'error: name a picture, a metric and runs, for instance: node tooling/reproduction/compare.mjs ' +
      'mnist-1k-modes modes-covered "mnist-1k-quarter=Dist-GAN, K/4" "mnist-1k-quarter-gan=GAN, K/4"',
  );
  process.exit(2);
}

const docs = new URL('../../docs/reproduction/', import.meta.url);
const series = runs.map((run) => {
  const [name, label] = run.split('=');
  const { runs: kept } = JSON.parse(readFileSync(new URL(`results/${name}.json`, docs), 'utf8'));
  const points = kept[0].evaluations.map((evaluation) => [evaluation.step, evaluation[metric]]);
  return { name: label ?? name, type: 'line', symbolSize: 6, data: points };
});

const chart = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 360 });
chart.setOption({
  animation: false,
  backgroundColor: '#ffffff',
  // Readable with the common colour-vision deficiencies.
  color: ['#2f81f7', '#e16f24', '#2da44e', '#bf5af2'],
  textStyle: { fontFamily: 'system-ui, sans-serif' },
  legend: { top: 8, icon: 'roundRect', itemHeight: 4, itemGap: 32 },
  grid: {
    left: 16,
    right: 28,
    top: 48,
    bottom: 44,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  },
  xAxis: { type: 'value', name: 'step', nameLocation: 'middle', nameGap: 28, splitLine: { show: false } },
  yAxis: { type: 'value' },
  series,
});
writeFileSync(new URL(`images/${picture}.svg`, docs), `${chart.renderToSVGString()}\n`);
chart.dispose();
