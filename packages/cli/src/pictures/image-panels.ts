import { Canvas } from './canvas.js';
import { colors } from './colors.js';
import type { ImageGridContent } from './image-grid.js';
import { drawTitle } from './legend.js';
import { countImages, paintImages } from './paint-images.js';

export interface ImagePanelsContent extends Omit<ImageGridContent, 'images'> {
  /** Grids of the same size, from left to right. */
  readonly panels: readonly {
    readonly label: string;
    /** Images one after the other, rows of pixels of channels, 0 to 255. */
    readonly images: Uint8Array;
  }[];
}

/** Images in a row of a panel. */
const columns = 4;
/** Images that a panel shows at most. */
export const panelImages = 8 * columns;
const margin = 32;
const gap = 3;
const panelGap = 24;
const header = 124;
const labelSize = 12;
/** The width that panels are scaled up to, as far as whole pixels allow. */
const wantedWidth = 850;

/** Grids of images side by side, image beside image in the same place, scaled up by a whole number. */
export function drawImagePanels({ title, subtitle, shape, panels }: ImagePanelsContent): Canvas {
  const rowsOf = (images: Uint8Array) => Math.ceil(countImages(images, shape, panelImages) / columns);
  const usedRows = Math.max(1, ...panels.map(({ images }) => rowsOf(images)));
  const gaps = (panels.length - 1) * panelGap + panels.length * (columns - 1) * gap;
  const scale = Math.max(1, Math.floor((wantedWidth - gaps) / (panels.length * columns * shape.width)));
  const panelWidth = columns * (shape.width * scale + gap) - gap;
  const canvas = new Canvas(
    2 * margin + panels.length * (panelWidth + panelGap) - panelGap,
    header + usedRows * (shape.height * scale + gap) - gap + margin,
    colors.paper,
  );
  drawTitle(canvas, margin, title, subtitle);
  panels.forEach(({ label, images }, panel) => {
    const left = margin + panel * (panelWidth + panelGap);
    canvas.text(label, left, header - 12, { size: labelSize, color: colors.ink });
    const rows = { columns, most: panelImages, scale, gap };
    paintImages(canvas, images, shape, { left, top: header }, rows);
  });
  return canvas;
}
