export { canDraw } from './can-draw.js';
export { drawInterpolation, latentLines } from './interpolation.js';
export {
  arrowCells,
  drawDiscriminatorFields,
  fieldCells,
  type DiscriminatorField,
} from './discriminator-field.js';
export { drawReconstructions } from './reconstructions.js';
export { labelledSamples, readSamples } from './read-samples.js';
export { drawLatentLabelMap } from './latent-label-map.js';
export { reconstructionPainter } from './reconstruction-painter.js';
export { samplePainter } from './sample-painter.js';
export { drawSampleGrid } from './sample-grid.js';
export { samplePlane } from './sample-plane.js';
