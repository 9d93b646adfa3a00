export { drawInterpolation, latentLines } from './interpolation.js';
export { drawReconstructions } from './reconstructions.js';
export { readSamples } from './read-samples.js';
export { drawLatentLabelMap } from './latent-label-map.js';
export { reconstructionPainter, type ReconstructionPainter } from './reconstruction-painter.js';
export { samplePainter, type SamplePainter } from './sample-painter.js';
export { drawSampleGrid } from './sample-grid.js';
export { samplePlane, type SamplePlane } from './sample-plane.js';
