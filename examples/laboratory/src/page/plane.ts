import { latticeSide, margin, scoreSide, shareOfPlane, slopeSide, type Frame } from '../training/messages.js';
import { colour, onLookChange, prepareCanvas, tinted } from './canvas.js';
import { Dots } from './dots.js';

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
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** The picture of a run: real and generated points, and what the networks make of the plane. */
export class Plane {
  private background: PlaneBackground = { real: new Float32Array() };
  private layers: Layers = new Set(layerIds);
  private before: Frame | undefined;
  private frame: Frame | undefined;
  private arrived = 0;
  /** What does not move while points glide, as it was drawn last: the real points, and everything that lies under the moving ones. */
  private realDots: OffscreenCanvas | undefined;
  private still: OffscreenCanvasRenderingContext2D | undefined;
  private isStillDrawn = false;
  private dots: Dots | undefined;
  private drawing = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {
    onLookChange(canvas, () => {
      this.still = this.realDots = this.dots = undefined;
      this.drawSoon();
    });
  }

  /** A new distribution, or a run that begins anew. */
  begin(background: PlaneBackground): void {
    this.background = background;
    this.before = this.frame = this.still = this.realDots = undefined;
    this.drawSoon();
  }

  show(frame: Frame): void {
    this.before = stillness.matches ? undefined : this.frame;
    this.frame = frame;
    this.arrived = performance.now();
    this.isStillDrawn = false;
    this.drawSoon();
  }

  choose(layers: Layers): void {
    this.layers = layers;
    this.isStillDrawn = false;
    this.drawSoon();
  }

  private drawSoon(): void {
    this.drawing ||= requestAnimationFrame((now) => {
      this.drawing = 0;
      this.draw(now);
    });
  }

  private draw(now: number): void {
    const { context, width } = prepareCanvas(this.canvas, { alpha: false });
    if (width === 0) return;
    const progress = this.before === undefined ? 1 : Math.min(1, Math.max(0, (now - this.arrived) / glide));
    const { frame, before, layers } = this;
    if (this.still === undefined) {
      this.still = layerOf(context, width, { alpha: false });
      this.isStillDrawn = false;
    }
    if (!this.isStillDrawn) this.drawStill(this.still, width);
    this.isStillDrawn = true;
    context.drawImage(this.still.canvas, 0, 0, width, width);
    if (frame && layers.has('lattice'))
      new Pen(context, width).lattice(between(before?.lattice, frame.lattice, progress), latticeSide);
    if (frame && layers.has('samples')) {
      const radius = (dotRadius(1.7, width) * this.canvas.width) / width;
      this.dots ??= new Dots(this.canvas.width, colour('generated'), radius);
      context.setTransform(1, 0, 0, 1, 0, 0);
      this.dots.draw(context, between(before?.samples, frame.samples, progress));
    }
    if (progress < 1) this.drawSoon();
  }

  private drawStill(context: OffscreenCanvasRenderingContext2D, width: number): void {
    const pen = new Pen(context, width);
    const { frame, layers } = this;
    const { real, modes } = this.background;
    context.fillStyle = colour('paper');
    context.fillRect(0, 0, width, width);
    if (frame && layers.has('scores')) context.drawImage(scoreSurface(frame.scores), 0, 0, width, width);
    if (layers.has('real')) {
      if (this.realDots === undefined) {
        const apart = layerOf(context, width);
        new Pen(apart, width).dots(real, colour('real'), 1);
        this.realDots = apart.canvas;
      }
      context.drawImage(this.realDots, 0, 0, width, width);
    }
    if (frame && layers.has('slopes')) pen.slopes(frame.slopes);
    const covered = frame?.coverage.of === 'modes' ? frame.coverage.covered : [];
    modes?.centres.forEach((centre, mode) => pen.ring(centre, modes.radius, covered[mode] ?? false));
  }
}

/** A picture of the size of a canvas, to be laid over it again and again. */
function layerOf(
  { canvas }: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  width: number,
  options?: CanvasRenderingContext2DSettings,
): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', options)!;
  context.scale(canvas.width / width, canvas.height / width);
  return context;
}

/** On a larger plane dots are larger. */
const dotRadius = (radius: number, width: number) => radius * Math.max(1, width / 480);

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

  private across = (x: number) => this.width * shareOfPlane(x);
  private down = (y: number) => this.width * (1 - shareOfPlane(y));

  dots(points: Float32Array, fill: string, radius: number): void {
    const { context } = this;
    const size = dotRadius(radius, this.width);
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
    context.arc(this.across(x), this.down(y), (this.width * radius) / (1 + 2 * margin) + 3, 0, 2 * Math.PI);
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
  const low = quantile(scores, 0.02);
  const range = quantile(scores, 0.98) - low || 1;
  const shares = new Float32Array(scores.length);
  scores.forEach((score, i) => {
    const row = scoreSide - 1 - Math.floor(i / scoreSide);
    shares[row * scoreSide + (i % scoreSide)] = (score - low) / range;
  });
  return tinted(scoreSide, shares, colour('score'));
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.round(share * (sorted.length - 1))];
}
