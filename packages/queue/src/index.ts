export { QueueError } from './connection.js';
export { SweepQueue, type WorkerShare } from './sweep-queue.js';
export { runWorker, type WorkerOptions } from './worker.js';
