export { RunRecorder, type RunRecorderOptions } from './run-recorder.js';
