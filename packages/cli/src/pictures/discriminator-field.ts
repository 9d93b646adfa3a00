import type { Plane } from '@dist-gan/viewer';
import type { SeriesOption } from 'echarts';
import { axisAt, colors, drawChart, frame, heading, pixelsToPng, toPng } from './chart/index.js';

/** What a discriminator says of points of the plane. */
export interface DiscriminatorField {
  readonly title: string;
  /** The logits of a grid of `fieldCells` by `fieldCells` points, row by row from the top left. */
  readonly logits: Float32Array;
  /** Their gradients at `arrowCells`, x and y of each, in any one unit. */
  readonly gradients: Float32Array;
}

export interface DiscriminatorFieldContent {
  readonly title: string;
  /** One panel each, from left to right. */
  readonly fields: readonly DiscriminatorField[];
  readonly plane: Pick<Plane, 'limits' | 'modes'>;
}

/** Points of a field in a row, and rows of it. */
export const fieldCells = 140;
const cellSize = 3;
const side = fieldCells * cellSize;
const margin = { left: 84, top: 146, between: 70, right: 28, bottom: 70 };
/** Every so many cells an arrow. */
const arrowEvery = 6;
/** The points of a field that have an arrow, as the logits count them. */
export const arrowCells: readonly number[] = Array.from(
  { length: fieldCells ** 2 },
  (_, cell) => cell,
).filter((cell) =>
  [cell % fieldCells, Math.floor(cell / fieldCells)].every((at) => at % arrowEvery === arrowEvery >> 1),
);
const arrowLength = 15;
/** From samples that look generated to such that look real. */
const scale: readonly (readonly [red: number, green: number, blue: number])[] = [
  [178, 88, 38],
  [246, 222, 200],
  [247, 247, 247],
  [199, 222, 240],
  [48, 111, 178],
];

/**
 * The score surface of discriminators on the plane, coloured by rank of the logit from generated (brown) to real (blue), and
 * on it the direction of steepest ascent: where a generated point would be pulled. Arrows of flat places are short.
 */
export async function drawDiscriminatorFields({
  title,
  fields,
  plane: { limits, modes },
}: DiscriminatorFieldContent): Promise<Uint8Array> {
  const width = margin.left + fields.length * (side + margin.between) - margin.between + margin.right;
  const lefts = fields.map((_, panel) => margin.left + panel * (side + margin.between));
  const surfaces = await Promise.all(fields.map(({ logits }) => surface(logits)));
  const subtitle = 'logit by rank: from brown (generated) to blue (real)\narrows: where it rises';
  const words = heading(
    { title, subtitle },
    { left: margin.left, width: width - margin.left - margin.right },
  );
  const names = fields.map((field, panel) => ({
    text: field.title,
    left: lefts[panel],
    top: margin.top - 28,
    padding: 0,
    textStyle: { fontSize: 16, fontWeight: 'normal' as const, color: colors.ink },
  }));
  const svg = await drawChart(
    {
      title: [words, ...names],
      grid: lefts.map((left) => frame({ left, top: margin.top, width: side, height: side })),
      xAxis: fields.map((_, gridIndex) => ({ ...axisAt({ name: 'x', limits }, { gap: 30 }), gridIndex })),
      yAxis: fields.map((_, gridIndex) => ({ ...axisAt({ name: 'y', limits }, { gap: 40 }), gridIndex })),
      series: fields.flatMap((field, panel): SeriesOption[] => {
        const axes = { xAxisIndex: panel, yAxisIndex: panel, silent: true };
        const corner = { x: lefts[panel], y: margin.top };
        return [
          {
            type: 'custom',
            data: [[0, 0]],
            renderItem: () => ({
              type: 'group',
              children: [
                { type: 'image', style: { image: surfaces[panel], ...corner, width: side, height: side } },
                {
                  type: 'path',
                  shape: { pathData: arrows(field, corner) },
                  style: { stroke: colors.ink, opacity: 0.8, lineWidth: 1.2, fill: 'none' },
                },
              ],
            }),
            ...axes,
          },
          {
            type: 'scatter',
            data: (modes?.centres ?? []).map((centre) => [...centre]),
            symbolSize: 9,
            itemStyle: { color: 'transparent', borderColor: colors.missed, borderWidth: 1.8 },
            ...axes,
          },
        ];
      }),
    },
    { width, height: margin.top + side + margin.bottom },
  );
  return toPng(svg);
}

/** An image of colours by rank: critics differ in their units, and a few large values must not hide the rest. */
async function surface(logits: Float32Array): Promise<string> {
  const order = Array.from(logits.keys()).sort((a, b) => logits[a] - logits[b]);
  const bytes = new Uint8Array(3 * logits.length);
  order.forEach((cell, rank) => {
    const place = (rank / Math.max(1, order.length - 1)) * (scale.length - 1);
    const stop = Math.min(Math.floor(place), scale.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [scale[stop][channel], scale[stop + 1][channel]];
      bytes[3 * cell + channel] = Math.round(from + (place - stop) * (to - from));
    }
  });
  const png = await pixelsToPng({ pixels: bytes, width: fieldCells, height: fieldCells });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A path of all arrows, each of a shaft and both sides of a head. */
function arrows({ gradients }: DiscriminatorField, corner: Point): string {
  const lengths = Array.from({ length: gradients.length / 2 }, (_, i) =>
    Math.hypot(gradients[2 * i], gradients[2 * i + 1]),
  );
  const typical = lengths.toSorted((a, b) => a - b)[Math.floor(0.5 * lengths.length)];
  const strokes: Point[][] = [];
  arrowCells.forEach((cell, i) => {
    if (!(lengths[i] > 0)) return;
    // Shorter than full where it is flatter than the typical point.
    const length = arrowLength * Math.min(1, lengths[i] / typical);
    if (length < 2) return;
    const [row, column] = [Math.floor(cell / fieldCells), cell % fieldCells];
    const [ux, uy] = [gradients[2 * i] / lengths[i], -gradients[2 * i + 1] / lengths[i]];
    const middle = { x: corner.x + (column + 0.5) * cellSize, y: corner.y + (row + 0.5) * cellSize };
    const along = (by: number, across = 0): Point => ({
      x: middle.x + by * ux - across * uy,
      y: middle.y + by * uy + across * ux,
    });
    const tip = along(length / 2);
    const head = Math.min(4, length / 2);
    strokes.push([along(-length / 2), tip]);
    strokes.push([along(length / 2 - head, head * 0.7), tip, along(length / 2 - head, -head * 0.7)]);
  });
  const place = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return strokes.map((stroke) => `M${stroke.map(place).join('L')}`).join('');
}
