import type { ModeCount } from '@dist-gan/core';
import { unpackNumbers, type Plane } from '../../src/view/index.js';
import { color } from '../colors.js';
import { count } from '../number-text.js';
import { Axes } from './axes.js';
import type { LegendEntry } from './legend.js';

const turn = 2 * Math.PI;

export interface PlaneContent {
  readonly plane: Plane;
  /** x, y, x, y, ... */
  readonly generated: Float32Array;
  /** As the metric has counted them. */
  readonly modes?: readonly ModeCount[];
  /** Corners of a line over the points, and how far along it a mark lies (0 to 1). */
  readonly way?: { readonly points: Float32Array; readonly at: number };
}

/** Generated points over real ones, and the modes of the data. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { plane, generated, modes, way }: PlaneContent,
): void {
  const { limits } = plane;
  const axes = new Axes(context, width, height, { x: { label: 'x', limits }, y: { label: 'y', limits } });
  axes.draw();
  const radius = Math.max(1.2, width / 320);
  const dots = (points: Float32Array, paint: string, alpha: number, size: number) => {
    context.fillStyle = paint;
    context.globalAlpha = alpha;
    for (let i = 0; i + 1 < points.length; i += 2) {
      context.beginPath();
      context.arc(axes.x(points[i]), axes.y(points[i + 1]), size, 0, turn);
      context.fill();
    }
    context.globalAlpha = 1;
  };
  axes.inside(() => {
    dots(unpackNumbers(plane.real), color('real'), 0.35, radius * 0.8);
    dots(generated, color('generated'), way === undefined ? 0.5 : 0.25, radius);
    plane.modes?.centres.forEach(([x, y], mode) => {
      const isMissed = modes?.[mode]?.covered === false;
      context.strokeStyle = color(isMissed ? 'missed' : 'faint');
      context.lineWidth = isMissed ? 2.5 : 1;
      context.setLineDash(isMissed ? [4, 3] : []);
      context.beginPath();
      context.arc(axes.x(x), axes.y(y), axes.x(plane.modes!.radius) - axes.x(0), 0, turn);
      context.stroke();
    });
    context.setLineDash([]);
    if (way !== undefined) drawWay(context, axes, way);
  });
}

function drawWay(
  context: CanvasRenderingContext2D,
  axes: Axes,
  { points, at }: NonNullable<PlaneContent['way']>,
): void {
  context.strokeStyle = context.fillStyle = color('ink');
  context.lineWidth = 2;
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) context.lineTo(axes.x(points[i]), axes.y(points[i + 1]));
  context.stroke();
  const mark = 2 * Math.round(at * (points.length / 2 - 1));
  context.beginPath();
  context.arc(axes.x(points[mark]), axes.y(points[mark + 1]), 6, 0, turn);
  context.fill();
}

/** Only what is drawn. */
export function planeLegend({ plane, modes }: PlaneContent): LegendEntry[] {
  const missed = modes?.filter(({ covered }) => !covered).length ?? 0;
  const covered = (plane.modes?.centres.length ?? 0) - missed;
  return [
    { mark: 'dot real', label: 'real' },
    { mark: 'dot generated', label: 'generated' },
    ...(covered === 0
      ? []
      : [{ mark: 'ring faint', label: modes === undefined ? 'mode' : `mode covered (${count(covered)})` }]),
    ...(missed === 0 ? [] : [{ mark: 'ring missed', label: `mode missed (${count(missed)})` }]),
  ];
}
