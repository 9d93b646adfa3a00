export { samplePainter, type Evaluation, type SamplePainter } from './sample-painter.js';
