import { Axes, type Limits } from './axes.js';
import { Canvas } from './canvas.js';
import { colors, type Color } from './colors.js';
import { drawLegend, drawTitle, type LegendEntry } from './legend.js';

/** True modes of a mixture of points, and when a point counts for one of them. */
export interface Modes {
  readonly centres: readonly (readonly number[])[];
  /** A point within this distance of a centre is registered to it. */
  readonly radius: number;
  /** A mode with fewer registered points is missed. */
  readonly minimumCount: number;
}

export interface ScatterContent {
  readonly title: string;
  readonly subtitle: string;
  /** x, y, x, y, ... in the units of the axes. */
  readonly generated: ArrayLike<number>;
  readonly limits: { readonly x: Limits; readonly y: Limits };
  readonly modes?: Modes;
  /** Real points, shown behind the generated ones. */
  readonly real?: ArrayLike<number>;
}

const size = 900;
const plot = { left: 100, top: 96, width: 716, height: 716 };
const pointRadius = 3;

/** Generated points over the true modes, 900 by 900 pixels. Points outside the axes are left out. */
export function drawScatter(content: ScatterContent): Canvas {
  const canvas = new Canvas(size, size, colors.paper);
  const axes = new Axes(canvas, {
    box: plot,
    x: { limits: content.limits.x, label: 'x' },
    y: { limits: content.limits.y, label: 'y' },
  });
  drawTitle(canvas, plot.left, content.title, content.subtitle);
  axes.draw();

  const dots = (points: ArrayLike<number>, look: (point: number) => { color: Color; opacity: number }) => {
    for (let i = 0; i + 1 < points.length; i += 2) {
      if (inside(points[i], content.limits.x) && inside(points[i + 1], content.limits.y)) {
        const { color, opacity } = look(i / 2);
        canvas.disc(axes.toPixels(points[i], points[i + 1]), pointRadius, color, opacity);
      }
    }
  };
  if (content.real !== undefined) dots(content.real, () => ({ color: colors.real, opacity: 0.25 }));

  const registered = content.modes && register(content.generated, content.modes);
  dots(content.generated, (point) =>
    registered !== undefined && registered.nearest[point] < 0
      ? { color: colors.stray, opacity: 0.7 }
      : { color: colors.generated, opacity: 0.45 },
  );

  if (content.modes !== undefined && registered !== undefined) {
    const radius = axes.lengthToPixels(content.modes.radius);
    content.modes.centres.forEach(([x, y], mode) => {
      const covered = registered.counts[mode] >= content.modes!.minimumCount;
      canvas.ring(axes.toPixels(x, y), radius, covered ? 1.6 : 2.6, covered ? colors.ink : colors.missed);
    });
  }
  axes.drawFrame();
  drawLegend(canvas, legend(canvas, content), { x: plot.left + plot.width / 2, y: size - 22 });
  return canvas;
}

function legend(canvas: Canvas, { modes, real }: ScatterContent): LegendEntry[] {
  const dot = (label: string, color: Color): LegendEntry => ({
    label,
    paint: (center) => canvas.disc(center, 5, color, 0.8),
  });
  const ring = (label: string, color: Color): LegendEntry => ({
    label,
    paint: (center) => canvas.ring(center, 7, 2, color),
  });
  if (modes === undefined) {
    return [...(real === undefined ? [] : [dot('real', colors.real)]), dot('generated', colors.generated)];
  }
  return [
    dot('registered to a mode', colors.generated),
    dot('outside every mode', colors.stray),
    ring('mode covered', colors.ink),
    ring('mode missed', colors.missed),
  ];
}

/** The mode that each point is registered to (-1: none), and how many points each mode has. */
function register(points: ArrayLike<number>, modes: Modes): { nearest: Int32Array; counts: Uint32Array } {
  const nearest = new Int32Array(points.length / 2).fill(-1);
  const counts = new Uint32Array(modes.centres.length);
  for (let i = 0; i < nearest.length; i++) {
    let shortest = modes.radius;
    modes.centres.forEach(([x, y], mode) => {
      const distance = Math.hypot(points[2 * i] - x, points[2 * i + 1] - y);
      if (distance <= shortest) {
        shortest = distance;
        nearest[i] = mode;
      }
    });
    if (nearest[i] >= 0) counts[nearest[i]]++;
  }
  return { nearest, counts };
}

function inside(value: number, [low, high]: Limits): boolean {
  return value >= low && value <= high;
}
