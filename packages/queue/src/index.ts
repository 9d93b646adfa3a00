export { QueueError } from './connection.js';
export { SweepQueue } from './sweep-queue.js';
export { runWorker, type WorkerOptions } from './worker.js';
