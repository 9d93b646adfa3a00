/** Colours of curves; the style sheet has them for light and for dark. */
export const seriesColors = 8;

/** What the style sheet calls a colour. */
export type ColorName =
  | 'paper'
  | 'panel'
  | 'ink'
  | 'faint'
  | 'rule'
  | 'accent'
  | 'real'
  | 'generated'
  | 'missed'
  | `series-${number}`;

/** A colour of the present scheme, for a canvas. */
export function color(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function seriesColor(series: number): ColorName {
  return `series-${series % seriesColors}`;
}

const dark = matchMedia('screen and (prefers-color-scheme: dark)');

/** Calls `draw` whenever the page changes between light and dark, as it does to be printed, too, until the returned function is called. */
export function onSchemeChange(draw: () => void): () => void {
  dark.addEventListener('change', draw);
  return () => dark.removeEventListener('change', draw);
}
