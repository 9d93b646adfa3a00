import type { Plane } from '@dist-gan/viewer';
import { Axes } from './axes.js';
import { Canvas, type Point } from './canvas.js';
import { colors, type Color } from './colors.js';
import { drawTitle } from './legend.js';

/** What a discriminator says of points of the plane. */
export interface DiscriminatorField {
  readonly title: string;
  /** The logits of a grid of `fieldCells` by `fieldCells` points, row by row from the top left. */
  readonly logits: Float32Array;
  /** Their gradients, x and y of each point, in any one unit. */
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
const margin = { left: 84, top: 124, between: 70, right: 28, bottom: 70 };
/** Every so many cells an arrow. */
const arrowEvery = 6;
const arrowLength = 15;
/** From samples that look generated to such that look real. */
const scale: readonly Color[] = [
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
export function drawDiscriminatorFields(content: DiscriminatorFieldContent): Canvas {
  const {
    fields,
    plane: { limits, modes },
  } = content;
  const width = margin.left + fields.length * (side + margin.between) - margin.between + margin.right;
  const canvas = new Canvas(width, margin.top + side + margin.bottom, colors.paper);
  const explanation = 'logit by rank, brown: generated, blue: real; arrows: where it rises';
  drawTitle(canvas, margin.left, content.title, explanation);
  fields.forEach((field, panel) => {
    const left = margin.left + panel * (side + margin.between);
    const axes = new Axes(canvas, {
      box: { left, top: margin.top, width: side, height: side },
      x: { limits, label: 'x' },
      y: { limits, label: 'y' },
    });
    axes.draw();
    canvas.image(
      surface(field.logits),
      { width: fieldCells, height: fieldCells, channels: 3 },
      left,
      margin.top,
      cellSize,
    );
    arrows(field, { x: left, y: margin.top }).forEach((stroke) => canvas.lines(stroke, 1.2, colors.ink, 0.8));
    for (const [x, y] of modes?.centres ?? []) canvas.ring(axes.toPixels(x, y), 4.5, 1.8, colors.missed);
    canvas.text(field.title, left, margin.top - 12, { size: 13, color: colors.ink });
    axes.drawFrame();
  });
  return canvas;
}

/** Colours by rank: critics differ in their units, and a few large values must not hide the rest. */
function surface(logits: Float32Array): Uint8Array {
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
  return bytes;
}

/** Lines of each arrow: its shaft, and both sides of its head. */
function arrows({ gradients }: DiscriminatorField, corner: Point): Point[][][] {
  const lengths = Array.from({ length: gradients.length / 2 }, (_, i) =>
    Math.hypot(gradients[2 * i], gradients[2 * i + 1]),
  );
  const typical = lengths.toSorted((a, b) => a - b)[Math.floor(0.5 * lengths.length)];
  const strokes: Point[][][] = [];
  for (let row = arrowEvery >> 1; row < fieldCells; row += arrowEvery) {
    for (let column = arrowEvery >> 1; column < fieldCells; column += arrowEvery) {
      const cell = row * fieldCells + column;
      if (!(lengths[cell] > 0)) continue;
      // Shorter than full where it is flatter than the typical point.
      const length = arrowLength * Math.min(1, lengths[cell] / typical);
      if (length < 2) continue;
      const [ux, uy] = [gradients[2 * cell] / lengths[cell], -gradients[2 * cell + 1] / lengths[cell]];
      const middle = { x: corner.x + (column + 0.5) * cellSize, y: corner.y + (row + 0.5) * cellSize };
      const along = (by: number, across = 0): Point => ({
        x: middle.x + by * ux - across * uy,
        y: middle.y + by * uy + across * ux,
      });
      const tip = along(length / 2);
      const head = Math.min(4, length / 2);
      strokes.push([
        [along(-length / 2), tip],
        [along(length / 2 - head, head * 0.7), tip, along(length / 2 - head, -head * 0.7)],
      ]);
    }
  }
  return strokes;
}
