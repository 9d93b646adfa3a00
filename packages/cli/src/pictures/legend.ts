import type { Canvas, Point } from './canvas.js';
import { colors } from './colors.js';
import { textWidth } from './stroke-font.js';

export interface LegendEntry {
  readonly label: string;
  /** Paints the entry's sign around a point. */
  paint(center: Point): void;
}

const labelSize = 11;
const signWidth = 18;
const gap = 30;
const subtitleSize = 12;

/** Paints signs with their labels in one row, centred on `center`. */
export function drawLegend(canvas: Canvas, entries: readonly LegendEntry[], center: Point): void {
  const widths = entries.map(({ label }) => signWidth + 8 + textWidth(label, labelSize));
  let left = center.x - (widths.reduce((sum, width) => sum + width, 0) + gap * (entries.length - 1)) / 2;
  entries.forEach((entry, i) => {
    entry.paint({ x: left + signWidth / 2, y: center.y });
    canvas.text(entry.label, left + signWidth + 8, center.y + labelSize / 2, {
      size: labelSize,
      color: colors.ink,
    });
    left += widths[i] + gap;
  });
}

/**
 * Paints a title with a line of explanation below it, at the top left of a picture. Of a line that is too long the last
 * parts between commas are left out.
 */
export function drawTitle(canvas: Canvas, left: number, title: string, subtitle: string): void {
  canvas.text(title, left, 44, { size: 16, color: colors.ink, weight: 2.2 });
  const parts = subtitle.split(', ');
  while (parts.length > 1 && textWidth(parts.join(', '), subtitleSize) > canvas.width - 2 * left) parts.pop();
  canvas.text(parts.join(', '), left, 72, { size: subtitleSize, color: colors.faint });
}
