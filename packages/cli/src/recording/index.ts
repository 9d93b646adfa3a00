export { RunRecorder } from './run-recorder.js';
