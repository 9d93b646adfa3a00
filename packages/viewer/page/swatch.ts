import { seriesColor, seriesColors } from './colors.js';
import { element } from './element.js';

/** Curves beyond the colours have them again, with other dashes: solid, long, short, and from the beginning. */
const dashes = [[], [7, 4], [2, 3]];
const roundOf = (series: number) => Math.floor(series / seriesColors) % dashes.length;

/** Lengths of a curve's dashes and of the gaps between them. */
export function dashOf(series: number): number[] {
  return dashes[roundOf(series)];
}

/** A piece of a curve, for where it is named. */
export function swatch(series: number, muted = false): HTMLElement {
  return element('span', {
    class: `swatch ${muted ? 'faint' : seriesColor(series)} dashes-${roundOf(series)}`,
  });
}
