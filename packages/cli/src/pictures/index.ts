export { samplePainter, type SamplePainter } from './sample-painter.js';
