import { infiniteMetrics, type Curve, type GroupSummary, type RowSummary } from '@dist-gan/sweeps';
import type { ReferenceLine } from '@dist-gan/viewer';
import type { CustomSeriesOption, LineSeriesOption, SeriesOption } from 'echarts';
import { axisAt, colors, drawChart, frame, toPng, type Limits } from '../pictures/chart/index.js';
import { panelsOf, type Panel } from './panels.js';

/** Readable with the common colour-vision deficiencies (Okabe and Ito), black left to the frame. */
const rowColors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#7f7f7f', '#b5a800'];
/** Rows beyond the colours have them again, with other dashes. */
const dashes = ['solid', [7, 4], [2, 3]] as const;

const panel = { width: 420, height: 280, left: 62, right: 26, top: 34, bottom: 50 };
const legendLine = 20;
const wordsLine = 16;
/** Pixels of the PNG picture for each of the drawing. */
const density = 2;
/** Curves of more evaluations have no dots. */
const dotted = 40;

/**
 * The columns of a group's table over the training steps, a panel each: the mean of each row as a line, and from the least to the
 * greatest of its seeds as a band; and, thin, what they are laid beside. Undefined where nothing was evaluated.
 */
export async function drawFigure(
  group: GroupSummary,
): Promise<{ readonly svg: string; readonly png: Uint8Array } | undefined> {
  const panels = panelsOf(group);
  if (panels.length === 0) return undefined;
  const across = Math.min(2, panels.length);
  const bottom = Math.ceil(panels.length / across) * panel.height;
  const boxes = panels.map((_, i) => ({
    left: (i % across) * panel.width + panel.left,
    top: Math.floor(i / across) * panel.height + panel.top,
    width: panel.width - panel.left - panel.right,
    height: panel.height - panel.top - panel.bottom,
  }));
  const small = { fontSize: 12, color: colors.ink, fontWeight: 'normal' as const };
  const names = group.rows.map(nameOf);
  const words = wordsOf(group, panels);
  const height = bottom + legendLine * (group.rows.length + 1) + 6 + wordsLine * words.length;
  const svg = await drawChart(
    {
      title: [
        ...panels.map(({ name }, i) => ({
          text: name,
          left: boxes[i].left,
          top: boxes[i].top - 24,
          padding: 0,
          textStyle: { ...small, fontSize: 14 },
        })),
        {
          text: words.join('\n'),
          left: panel.left,
          top: height - wordsLine * words.length - 8,
          padding: 0,
          textStyle: { ...small, color: colors.faint, lineHeight: wordsLine },
        },
      ],
      legend: {
        orient: 'vertical',
        left: panel.left - 5,
        top: bottom,
        itemGap: legendLine - 14,
        data: names,
        textStyle: small,
      },
      grid: boxes.map(frame),
      xAxis: panels.map((_, gridIndex) => {
        const {
          min: _min,
          max: _max,
          ...axis
        } = axisAt({ name: 'step', limits: [0, 0] }, { gap: 26, size: 12 });
        return {
          ...axis,
          min: 0,
          axisLabel: { ...axis.axisLabel, showMaxLabel: true },
          gridIndex,
          splitNumber: 4,
        };
      }),
      yAxis: panels.map(({ curves, references }, gridIndex) => ({
        ...axisAt({ name: '', limits: limitsOf(curves, references) }, { gap: 0, size: 12 }),
        gridIndex,
      })),
      series: panels.flatMap(({ curves, references }, i): SeriesOption[] => [
        ...curves.map((curve, row) => band(curve, row, i)),
        ...curves.map((curve, row) => line(curve, row, i, names[row])),
        beside(references, i),
      ]),
    },
    { width: across * panel.width, height },
  );
  return { svg, png: await toPng(svg, { density }) };
}

/** What lines and bands are, and what has no place in them: lines that are no wider than one panel. */
function wordsOf(group: GroupSummary, panels: readonly Panel[]): string[] {
  const shown = new Set(group.columns.map(({ metric }) => metric));
  const infinite = infiniteMetrics(group).filter((metric) => shown.has(metric));
  const hasOthers = group.rows.some(({ counts }) => counts.failed + counts.unfinished > 0);
  const curves = panels.flatMap((each) => each.curves);
  const isOfFewer = curves.some(({ points }) => points.some(({ runs }) => runs !== points[0].runs));
  return [
    'Lines: mean over seeds; bands: least to greatest of them.',
    ...(hasOthers ? ['Runs that failed or have no end yet are left out.'] : []),
    ...(isOfFewer ? ['At steps that not all runs of a row have: of those that do.'] : []),
    ...(infinite.length > 0 ? [`Infinite values of ${infinite.join(', ')} are left out.`] : []),
  ];
}

function nameOf({ setting, counts }: RowSummary): string {
  const runs = counts.done + counts.collapsed;
  const toGo = counts.unfinished > 0 ? `, ${counts.unfinished} to go` : '';
  return `${setting.label} (${runs} ${runs === 1 ? 'run' : 'runs'}, ${counts.collapsed} collapsed, ${counts.failed} failed${toGo})`;
}

function line({ points }: Curve, row: number, axis: number, name: string): LineSeriesOption {
  const color = rowColors[row % rowColors.length];
  const type = dashes[Math.floor(row / rowColors.length) % dashes.length];
  return {
    type: 'line',
    name,
    data: points.map(({ step, mean }) => [step, mean]),
    symbol: points.length < dotted ? 'circle' : 'none',
    symbolSize: 4,
    itemStyle: { color },
    lineStyle: { color, width: 1.8, type: typeof type === 'string' ? type : [...type] },
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
  };
}

function band({ points }: Curve, row: number, axis: number): CustomSeriesOption {
  const edge = [
    ...points.map(({ step, greatest }) => [step, greatest]),
    ...points.toReversed().map(({ step, least }) => [step, least]),
  ];
  return {
    type: 'custom',
    data: points.length === 0 ? [] : [[points[0].step, points[0].mean]],
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: edge.map((place) => api.coord(place)) },
      style: { fill: rowColors[row % rowColors.length], opacity: 0.15 },
    }),
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
  };
}

/** Lines over the whole panel, their words at the left end, where curves are still far from them. */
function beside(references: readonly ReferenceLine[], axis: number): LineSeriesOption {
  return {
    type: 'line',
    data: [],
    markLine: {
      symbol: 'none',
      data: references.map(({ label, value }) => ({ yAxis: value, name: label })),
      lineStyle: { color: colors.ink, width: 1, type: [4, 3] },
      label: {
        position: 'insideStartTop',
        distance: [4, 1],
        formatter: '{b}',
        fontSize: 10,
        color: colors.ink,
      },
      silent: true,
    },
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
  };
}

/** What curves, their bands and the lines beside them reach, with a margin. */
export function limitsOf(curves: readonly Curve[], references: readonly ReferenceLine[] = []): Limits {
  const points = curves.flatMap((curve) => curve.points);
  const values = references.map(({ value }) => value);
  const low = Math.min(...points.map(({ least }) => least), ...values);
  const high = Math.max(...points.map(({ greatest }) => greatest), ...values);
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Values that differ by rounding alone are one value.
  const spread = high - low > 1e-9 * size ? high - low : size || 1;
  const margin = spread * 0.06;
  // A count does not go below nothing.
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}
