import { drawChart, heading, toPng } from './chart/index.js';
import { tileImages, type ImageShape } from './tile-images.js';

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
export async function drawImageGrid({ images, shape, ...words }: ImageGridContent): Promise<Uint8Array> {
  const scale = Math.max(1, Math.floor((wantedWidth - (columns - 1) * gap) / (columns * shape.width)));
  const tiles = tileImages(images, shape, { columns, most: gridImages, scale, gap });
  const svg = await drawChart(
    { title: heading(words, { left: margin, width: tiles.width }) },
    { width: 2 * margin + tiles.width, height: header + tiles.height + margin },
  );
  return toPng(svg, { placed: [{ ...tiles, left: margin, top: header }] });
}
