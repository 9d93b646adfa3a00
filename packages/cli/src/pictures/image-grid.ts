import { Canvas } from './canvas.js';
import { colors } from './colors.js';
import { drawTitle } from './legend.js';

export interface ImageGridContent {
  readonly title: string;
  readonly subtitle: string;
  /** Images one after the other, rows of pixels of channels, 0 to 255. */
  readonly images: Uint8Array;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
}

const columns = 8;
const rows = 8;
const margin = 32;
const gap = 6;
const header = 96;
/** The width that a row of images is scaled up to, as far as whole pixels allow. */
const wantedWidth = 780;

/** Up to 64 images in rows of eight, scaled up by a whole number. */
export function drawImageGrid(content: ImageGridContent): Canvas {
  const { shape } = content;
  const imageSize = shape.height * shape.width * shape.channels;
  const count = Math.min(columns * rows, Math.floor(content.images.length / imageSize));
  const scale = Math.max(1, Math.floor((wantedWidth - (columns - 1) * gap) / (columns * shape.width)));
  const stepX = shape.width * scale + gap;
  const stepY = shape.height * scale + gap;
  const usedRows = Math.max(1, Math.ceil(count / columns));
  const canvas = new Canvas(
    2 * margin + columns * stepX - gap,
    header + usedRows * stepY - gap + margin,
    colors.paper,
  );
  drawTitle(canvas, margin, content.title, content.subtitle);
  for (let i = 0; i < count; i++) {
    canvas.image(
      content.images.subarray(i * imageSize, (i + 1) * imageSize),
      shape,
      margin + (i % columns) * stepX,
      header + Math.floor(i / columns) * stepY,
      scale,
    );
  }
  return canvas;
}
