import { drawFigure, type GroupSummary, type WriteText } from '@dist-gan/sweeps';
import { ticks } from '../pictures/axes.js';
import { textStrokes, textWidth } from '../pictures/stroke-font.js';

export { ticks };

/** Pixels of the picture for each of the drawing. */
const density = 2;

/** The figure as PNG: with letters of lines, because a machine that trains need not have a font. */
export async function figurePng(group: GroupSummary): Promise<Uint8Array | undefined> {
  const svg = drawFigure(group, { ticks, write: withStrokes });
  if (svg === undefined) return undefined;
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: 72 * density })
    .png()
    .toBuffer();
}

/** Of a font's size, how high its capital letters are. */
const capitals = 0.72;

const withStrokes: WriteText = (text, { x, y, size, anchor }) => {
  const height = capitals * size;
  // What the strokes' font lacks.
  const words = text.replaceAll('–', '-').replaceAll('±', '+-');
  const shift = { start: 0, middle: 0.5, end: 1 }[anchor] * textWidth(words, height);
  const path = textStrokes(words, height)
    .map((stroke) =>
      stroke
        .map(
          (point, i) =>
            `${i === 0 ? 'M' : 'L'}${(x + point.x - shift).toFixed(1)} ${(y - point.y).toFixed(1)}`,
        )
        .join(''),
    )
    .join('');
  return `<path d="${path}" fill="none" stroke="#222222" stroke-width="${(height / 7).toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"/>`;
};
