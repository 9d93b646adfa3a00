/** The colours of every picture, distinguishable with the common colour-vision deficiencies. */
export const colors = {
  paper: '#ffffff',
  ink: '#1f2328',
  faint: '#6e7681',
  grid: '#e8ebef',
  frame: '#a0a7b0',
  real: '#969ea8',
  generated: '#0969da',
  stray: '#db6d28',
  missed: '#cf222e',
} as const;
