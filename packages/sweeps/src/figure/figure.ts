import { escapeMarkup } from '@dist-gan/core';
import type { GroupSummary } from '../results/summary.js';
import { curvesOf, type Curve } from './curves.js';

/** Readable with the common colour-vision deficiencies (Okabe and Ito), black left to the frame. */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#7f7f7f', '#b5a800'];
/** Rows beyond the colours have them again, with other dashes. */
const dashes = ['', '7 4', '2 3'];

const panel = { width: 420, height: 280, left: 62, right: 18, top: 30, bottom: 46 };
const legendLine = 18;

/**
 * Writes text at a place of an SVG picture: as text, or as lines where no font can be counted on.
 *
 * @param anchor which part of the text lies at x
 */
export type WriteText = (
  text: string,
  place: {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly anchor: 'start' | 'middle' | 'end';
  },
) => string;

interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface FigureOptions {
  /** Round numbers between two limits. */
  readonly ticks: (limits: readonly [number, number], count: number) => readonly Tick[];
  /** Default: as text, in the reader's font. */
  readonly write?: WriteText;
}

/**
 * The metrics of a group over the training steps, a panel each, as SVG: the mean of each row as a line, and from the least to the
 * greatest of its seeds as a band. Undefined where nothing was evaluated.
 */
export function drawFigure(
  group: GroupSummary,
  { ticks, write = asText }: FigureOptions,
): string | undefined {
  const metrics = [...new Set(group.columns.map(({ metric }) => metric))];
  const panels = metrics
    .map((metric) => ({ metric, curves: curvesOf(group, metric) }))
    .filter(({ curves }) => curves.some(({ points }) => points.length > 0));
  if (panels.length === 0) return undefined;
  const across = Math.min(2, panels.length);
  const down = Math.ceil(panels.length / across);
  const width = across * panel.width;
  const bottom = down * panel.height;
  const height = bottom + legendLine * (group.rows.length + 1) + 14;
  const drawn = panels.map(({ metric, curves }, i) => {
    const place = `translate(${(i % across) * panel.width} ${Math.floor(i / across) * panel.height})`;
    return `<g transform="${place}">${drawPanel(metric, curves, ticks, write)}</g>`;
  });
  const legend = group.rows.map(({ setting, counts }, i) => {
    const y = bottom + legendLine * (i + 0.7) + 6;
    const line = `<line x1="${panel.left}" x2="${panel.left + 26}" y1="${y - 4}" y2="${y - 4}" ${stroke(i)}/>`;
    const runs = counts.done + counts.collapsed;
    const words = `${setting.label} (${runs} ${runs === 1 ? 'run' : 'runs'}, ${counts.collapsed} collapsed, ${counts.failed} failed)`;
    return line + write(words, { x: panel.left + 34, y, size: 12, anchor: 'start' });
  });
  const note = write('Lines: mean over seeds; bands: least to greatest of them.', {
    x: panel.left,
    y: height - 12,
    size: 11,
    anchor: 'start',
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${drawn.join('')}${legend.join('')}${note}</svg>\n`
  );
}

function drawPanel(
  metric: string,
  curves: readonly Curve[],
  ticks: FigureOptions['ticks'],
  write: WriteText,
): string {
  const points = curves.flatMap((curve) => curve.points);
  const toX = scale([0, Math.max(...points.map(({ step }) => step))], panel.left, panel.width - panel.right);
  const low = Math.min(...points.map(({ least }) => least));
  const high = Math.max(...points.map(({ greatest }) => greatest));
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Values that differ by rounding alone are one value.
  const spread = high - low > 1e-9 * size ? high - low : size || 1;
  const margin = spread * 0.06;
  // A count does not go below nothing.
  const from = low >= 0 ? Math.max(0, low - margin) : low - margin;
  const toY = scale([from, high + margin], panel.height - panel.bottom, panel.top);
  const [left, right, top, base] = [
    panel.left,
    panel.width - panel.right,
    panel.top,
    panel.height - panel.bottom,
  ];
  const grid = ticks(toY.limits, 5).map(({ value, label }) => {
    const y = round(toY(value));
    return (
      `<line x1="${left}" x2="${right}" y1="${y}" y2="${y}" stroke="#e3e3e3"/>` +
      write(label, { x: left - 8, y: y + 4, size: 11, anchor: 'end' })
    );
  });
  const foot = ticks(toX.limits, 5).map(({ value, label }) => {
    const x = round(toX(value));
    return (
      `<line x1="${x}" x2="${x}" y1="${base}" y2="${base + 5}" stroke="#333333"/>` +
      write(label, { x, y: base + 18, size: 11, anchor: 'middle' })
    );
  });
  const bands = curves.map(({ points: own }, i) => {
    if (own.length === 0) return '';
    const above = own.map(({ step, greatest }) => `${round(toX(step))},${round(toY(greatest))}`);
    const below = own.toReversed().map(({ step, least }) => `${round(toX(step))},${round(toY(least))}`);
    return `<polygon points="${[...above, ...below].join(' ')}" fill="${colors[i % colors.length]}" fill-opacity="0.15"/>`;
  });
  const lines = curves.map(({ points: own }, i) => {
    const places = own.map(({ step, mean }) => [round(toX(step)), round(toY(mean))]);
    const dots = places.map(
      ([x, y]) => `<circle cx="${x}" cy="${y}" r="2" fill="${colors[i % colors.length]}"/>`,
    );
    return `<polyline points="${places.join(' ')}" fill="none" ${stroke(i)}/>${own.length < 40 ? dots.join('') : ''}`;
  });
  return [
    ...grid,
    ...foot,
    ...bands,
    ...lines,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${base - top}" fill="none" stroke="#333333"/>`,
    write(metric, { x: (left + right) / 2, y: top - 10, size: 13, anchor: 'middle' }),
    write('step', { x: (left + right) / 2, y: base + 36, size: 12, anchor: 'middle' }),
  ].join('');
}

function stroke(row: number): string {
  const dash = dashes[Math.floor(row / colors.length) % dashes.length];
  return `stroke="${colors[row % colors.length]}" stroke-width="1.8"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

function scale([low, high]: readonly [number, number], from: number, to: number) {
  const limits = [low, high > low ? high : low + 1] as const;
  const place = (value: number) => from + ((value - limits[0]) / (limits[1] - limits[0])) * (to - from);
  return Object.assign(place, { limits });
}

const round = (value: number) => Math.round(value * 10) / 10;

const asText: WriteText = (text, { x, y, size, anchor }) =>
  `<text x="${x}" y="${y}" font-family="Helvetica, Arial, sans-serif" font-size="${size}" fill="#222222" text-anchor="${anchor}">${escapeMarkup(text)}</text>`;
