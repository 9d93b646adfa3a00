import { Axes, type Limits } from './axes.js';
import { Canvas } from './canvas.js';
import { colors, type Color } from './colors.js';
import { drawLegend, drawTitle } from './legend.js';

export interface LatentLabelMapContent {
  readonly title: string;
  readonly subtitle: string;
  /** x, y, x, y, ... */
  readonly latents: ArrayLike<number>;
  /** The class of what each latent becomes, from 0 to 9. */
  readonly labels: ArrayLike<number>;
  /** Of both axes. */
  readonly limits: Limits;
}

const width = 900;
const height = 930;
const plot = { left: 100, top: 96, width: 716, height: 716 };
const pointRadius = 2.2;

/** One a class, Tableau's ten. */
const classColors: readonly Color[] = [
  [31, 119, 180],
  [255, 127, 14],
  [44, 160, 44],
  [214, 39, 40],
  [148, 103, 189],
  [140, 86, 75],
  [227, 119, 194],
  [127, 127, 127],
  [188, 189, 34],
  [23, 190, 207],
];

/** Latents of two dimensions, each in the colour of the class of what the generator makes of it. */
export function drawLatentLabelMap({
  title,
  subtitle,
  latents,
  labels,
  limits,
}: LatentLabelMapContent): Canvas {
  const canvas = new Canvas(width, height, colors.paper);
  const axes = new Axes(canvas, {
    box: plot,
    x: { limits, label: 'first latent' },
    y: { limits, label: 'second latent' },
  });
  drawTitle(canvas, plot.left, title, subtitle);
  axes.draw();
  for (let i = 0; i < labels.length; i++) {
    const center = axes.toPixels(latents[2 * i], latents[2 * i + 1]);
    canvas.disc(center, pointRadius, classColors[labels[i]], 0.8);
  }
  axes.drawFrame();
  const entries = classColors.map((color, label) => ({
    label: String(label),
    paint: (center: { x: number; y: number }) => canvas.disc(center, 5, color),
  }));
  drawLegend(canvas, entries, { x: plot.left + plot.width / 2, y: height - 30 });
  return canvas;
}
