import { edge, latticeSide, scoreSide, slopeSide, type Frame } from '../training/messages.js';
import { colour, onLookChange, prepareCanvas } from './canvas.js';

/** What can be laid over the points. */
export const layerIds = ['real', 'samples', 'scores', 'slopes', 'lattice'] as const;
export type LayerId = (typeof layerIds)[number];
export type Layers = ReadonlySet<LayerId>;

/** What stays while a run goes on. */
export interface PlaneBackground {
  /** x and y in turn. */
  readonly real: Float32Array;
  readonly modes?: { readonly centres: readonly (readonly number[])[]; readonly radius: number };
}

/** Milliseconds in which points glide from one frame to the next. */
const glide = 120;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** The picture of a run: real and generated points, and what the networks make of the plane. */
export class Plane {
  private background: PlaneBackground = { real: new Float32Array() };
  private layers: Layers = new Set(layerIds);
  private before: Frame | undefined;
  private frame: Frame | undefined;
  private arrived = 0;
  /** What does not move between two frames, as it was drawn last. */
  private surface: OffscreenCanvas | undefined;
  private realDots: OffscreenCanvas | undefined;
  private drawing = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {
    onLookChange(canvas, () => {
      this.surface = this.realDots = undefined;
      this.drawSoon();
    });
  }

  /** A new distribution, or a run that begins anew. */
  begin(background: PlaneBackground): void {
    this.background = background;
    this.before = this.frame = this.surface = this.realDots = undefined;
    this.drawSoon();
  }

  show(frame: Frame): void {
    this.before = still.matches ? undefined : this.frame;
    this.frame = frame;
    this.arrived = performance.now();
    this.surface = undefined;
    this.drawSoon();
  }

  choose(layers: Layers): void {
    this.layers = layers;
    this.drawSoon();
  }

  private drawSoon(): void {
    this.drawing ||= requestAnimationFrame((now) => {
      this.drawing = 0;
      this.draw(now);
    });
  }

  private draw(now: number): void {
    const { context, width } = prepareCanvas(this.canvas);
    if (width === 0) return;
    const progress = this.before === undefined ? 1 : Math.min(1, Math.max(0, (now - this.arrived) / glide));
    const pen = new Pen(context, width);
    const { frame, before, layers } = this;
    const { real, modes } = this.background;
    if (frame && layers.has('scores')) {
      this.surface ??= scoreSurface(frame.scores);
      context.drawImage(this.surface, 0, 0, width, width);
    }
    if (layers.has('real')) {
      this.realDots ??= drawnOnce(context, width, (apart) => apart.dots(real, colour('real'), 1));
      context.drawImage(this.realDots, 0, 0, width, width);
    }
    if (frame && layers.has('slopes')) pen.slopes(frame.slopes);
    if (modes) {
      const covered = frame?.coverage.of === 'modes' ? frame.coverage.covered : [];
      modes.centres.forEach((centre, mode) => pen.ring(centre, modes.radius, covered[mode] ?? false));
    }
    if (frame && layers.has('lattice'))
      pen.lattice(between(before?.lattice, frame.lattice, progress), latticeSide);
    if (frame && layers.has('samples'))
      pen.dots(between(before?.samples, frame.samples, progress), colour('generated'), 1.7);
    if (progress < 1) this.drawSoon();
  }
}

/** A picture of the size of the canvas, to be laid over it again and again. */
function drawnOnce(
  { canvas }: CanvasRenderingContext2D,
  width: number,
  draw: (pen: Pen) => void,
): OffscreenCanvas {
  const picture = new OffscreenCanvas(canvas.width, canvas.height);
  const context = picture.getContext('2d')!;
  context.scale(canvas.width / width, canvas.height / width);
  draw(new Pen(context, width));
  return picture;
}

/** Points on their way. */
function between(before: Float32Array | undefined, after: Float32Array, progress: number): Float32Array {
  if (before === undefined || progress === 1) return after;
  return after.map((to, i) => before[i] + (to - before[i]) * progress);
}

/** Draws in the coordinates of the points. */
class Pen {
  constructor(
    private readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    private readonly width: number,
  ) {}

  private across = (x: number) => (this.width * (x / edge + 1)) / 2;
  private down = (y: number) => (this.width * (1 - y / edge)) / 2;

  dots(points: Float32Array, fill: string, radius: number): void {
    const { context } = this;
    const size = radius * Math.max(1, this.width / 480);
    context.fillStyle = fill;
    context.beginPath();
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [this.across(points[i]), this.down(points[i + 1])];
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    }
    context.fill();
  }

  /** Closed where the mode is covered, dashed where it is not: colour alone says nothing to some. */
  ring([x, y]: readonly number[], radius: number, covered: boolean): void {
    const { context } = this;
    context.strokeStyle = colour(covered ? 'covered' : 'missed');
    context.lineWidth = covered ? 2.2 : 1.2;
    context.setLineDash(covered ? [] : [3, 3]);
    context.beginPath();
    // A little outside of the radius that counts, so that the points stay visible.
    context.arc(this.across(x), this.down(y), (this.width * radius) / (2 * edge) + 3, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
  }

  lattice(points: Float32Array, side: number): void {
    const { context } = this;
    context.strokeStyle = colour('lattice');
    context.lineWidth = 1;
    context.beginPath();
    const line = (index: (along: number) => number) => {
      for (let along = 0; along < side; along++) {
        const i = 2 * index(along);
        const [x, y] = [this.across(points[i]), this.down(points[i + 1])];
        if (along === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    };
    for (let fixed = 0; fixed < side; fixed++) {
      line((along) => fixed * side + along);
      line((along) => along * side + fixed);
    }
    context.stroke();
  }

  /** Where a score rises, from each point of the grid: the root of its steepness, for slopes differ by orders of magnitude. */
  slopes(slopes: Float32Array): void {
    const { context } = this;
    const lengths = Float32Array.from({ length: slopes.length / 2 }, (_, i) =>
      Math.hypot(slopes[2 * i], slopes[2 * i + 1]),
    );
    const longest = quantile(lengths, 0.95) || 1;
    const cell = this.width / slopeSide;
    context.strokeStyle = context.fillStyle = colour('slope');
    context.lineWidth = 1.2;
    lengths.forEach((length, i) => {
      if (length === 0) return;
      const reach = 0.7 * cell * Math.sqrt(Math.min(1, length / longest));
      const x = cell * ((i % slopeSide) + 0.5);
      const y = this.width - cell * (Math.floor(i / slopeSide) + 0.5);
      const [dx, dy] = [(reach * slopes[2 * i]) / length, (-reach * slopes[2 * i + 1]) / length];
      const [tipX, tipY] = [x + dx / 2, y + dy / 2];
      context.beginPath();
      context.moveTo(x - dx / 2, y - dy / 2);
      context.lineTo(tipX, tipY);
      context.lineTo(tipX - 0.3 * dx - 0.2 * dy, tipY - 0.3 * dy + 0.2 * dx);
      context.moveTo(tipX, tipY);
      context.lineTo(tipX - 0.3 * dx + 0.2 * dy, tipY - 0.3 * dy - 0.2 * dx);
      context.stroke();
    });
  }
}

/** From no colour, where the discriminator is surest that a point is generated, to the full one, where it is surest that it is real. */
function scoreSurface(scores: Float32Array): OffscreenCanvas {
  const surface = new OffscreenCanvas(scoreSide, scoreSide);
  const context = surface.getContext('2d')!;
  const low = quantile(scores, 0.02);
  const range = quantile(scores, 0.98) - low || 1;
  context.fillStyle = colour('score');
  for (let i = 0; i < scores.length; i++) {
    context.globalAlpha = Math.min(1, Math.max(0, (scores[i] - low) / range));
    context.fillRect(i % scoreSide, scoreSide - 1 - Math.floor(i / scoreSide), 1, 1);
  }
  return surface;
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.round(share * (sorted.length - 1))];
}
