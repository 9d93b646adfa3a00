/** Red, green, blue from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** The colours of every picture, distinguishable with the common colour-vision deficiencies. */
export const colors = {
  paper: [255, 255, 255],
  ink: [31, 35, 40],
  faint: [110, 118, 129],
  grid: [232, 235, 239],
  frame: [160, 167, 176],
  real: [150, 158, 168],
  generated: [9, 105, 218],
  stray: [219, 109, 40],
  missed: [207, 34, 46],
} as const satisfies Record<string, Color>;
