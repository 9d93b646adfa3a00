import { colors, drawChart, heading, toPng } from './chart/index.js';
import type { ImageGridContent } from './image-grid.js';
import { tileImages } from './tile-images.js';

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
/** The width that panels are scaled up to, as far as whole pixels allow. */
const wantedWidth = 850;

/** Grids of images side by side, image beside image in the same place, scaled up by a whole number. */
export async function drawImagePanels({ shape, panels, ...words }: ImagePanelsContent): Promise<Uint8Array> {
  const gaps = (panels.length - 1) * panelGap + panels.length * (columns - 1) * gap;
  const scale = Math.max(1, Math.floor((wantedWidth - gaps) / (panels.length * columns * shape.width)));
  const grids = panels.map(({ label, images }, panel) => {
    const tiles = tileImages(images, shape, { columns, most: panelImages, scale, gap });
    return { label, ...tiles, left: margin + panel * (tiles.width + panelGap), top: header };
  });
  const width = panels.length * (grids[0].width + panelGap) - panelGap;
  const labels = grids.map(({ label, left }) => ({
    text: label,
    left,
    top: header - 30,
    padding: 0,
    textStyle: { fontSize: 16, fontWeight: 'normal' as const, color: colors.ink },
  }));
  const svg = await drawChart(
    { title: [heading(words, { left: margin, width }), ...labels] },
    { width: 2 * margin + width, height: header + Math.max(...grids.map(({ height }) => height)) + margin },
  );
  return toPng(svg, { placed: grids });
}
