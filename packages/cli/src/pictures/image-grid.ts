import { Canvas } from './canvas.js';
import { colors } from './colors.js';
import { drawTitle } from './legend.js';
import { countImages, paintImages, type ImageShape } from './paint-images.js';

export interface ImageGridContent {
  readonly title: string;
  readonly subtitle: string;
  /** Images one after the other, rows of pixels of channels, 0 to 255. */
  readonly images: Uint8Array;
  readonly shape: ImageShape;
}

const columns = 8;
/** Images that a grid shows at most. */
export const gridImages = 8 * columns;
const margin = 32;
const gap = 6;
const header = 96;
/** The width that a row of images is scaled up to, as far as whole pixels allow. */
const wantedWidth = 780;

/** Up to 64 images in rows of eight, scaled up by a whole number. */
export function drawImageGrid({ title, subtitle, images, shape }: ImageGridContent): Canvas {
  const scale = Math.max(1, Math.floor((wantedWidth - (columns - 1) * gap) / (columns * shape.width)));
  const usedRows = Math.max(1, Math.ceil(countImages(images, shape, gridImages) / columns));
  const canvas = new Canvas(
    2 * margin + columns * (shape.width * scale + gap) - gap,
    header + usedRows * (shape.height * scale + gap) - gap + margin,
    colors.paper,
  );
  drawTitle(canvas, margin, title, subtitle);
  paintImages(
    canvas,
    images,
    shape,
    { left: margin, top: header },
    { columns, most: gridImages, scale, gap },
  );
  return canvas;
}
