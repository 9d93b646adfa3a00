import { colour, onLookChange, prepareCanvas } from './canvas.js';

/** A curve: values at steps. */
export interface Series {
  readonly name: string;
  /** A colour of the style sheet. */
  readonly colour: string;
  /** Dashes tell curves apart for whoever does not see their colours. */
  readonly dash: readonly number[];
  readonly steps: number[];
  readonly values: number[];
}

/** More points than pixels tell nothing. */
const mostPoints = 600;

/** Adds a point; where there are too many, pairs of them become one. */
export function addPoint({ steps, values }: Series, step: number, value: number): void {
  steps.push(step);
  values.push(value);
  if (steps.length <= mostPoints) return;
  for (let i = 0; i < mostPoints / 2; i++) {
    steps[i] = steps[2 * i + 1];
    values[i] = (values[2 * i] + values[2 * i + 1]) / 2;
  }
  steps.splice(mostPoints / 2, mostPoints / 2);
  values.splice(mostPoints / 2, mostPoints / 2);
}

/** Curves over the steps of a run. */
export class Chart {
  private drawing = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly series: readonly Series[],
    /** Of the vertical axis, where it is known beforehand. */
    private readonly range?: readonly [low: number, high: number],
  ) {
    onLookChange(canvas, () => this.drawSoon());
  }

  drawSoon(): void {
    this.drawing ||= requestAnimationFrame(() => {
      this.drawing = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { context, width, height } = prepareCanvas(this.canvas);
    const end = Math.max(1, ...this.series.map(({ steps }) => steps.at(-1) ?? 0));
    const [low, high] = this.range ?? rangeOf(this.series.flatMap(({ values }) => values));
    const across = (step: number) => (width * step) / end;
    const down = (value: number) => 4 + (height - 8) * (1 - (value - low) / (high - low));
    context.lineJoin = 'round';
    context.lineWidth = 1;
    context.strokeStyle = colour('rule');
    for (const value of [low, high]) {
      context.beginPath();
      context.moveTo(0, down(value));
      context.lineTo(width, down(value));
      context.stroke();
    }
    context.lineWidth = 1.6;
    for (const { steps, values, colour: name, dash } of this.series) {
      context.strokeStyle = colour(name);
      context.setLineDash([...dash]);
      context.beginPath();
      steps.forEach((step, i) => context.lineTo(across(step), down(values[i])));
      context.stroke();
    }
    context.setLineDash([]);
  }
}

/** From the smallest to the largest value that is not among the wildest hundredth. */
function rangeOf(values: readonly number[]): [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const cut = Math.floor(sorted.length / 100);
  const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
