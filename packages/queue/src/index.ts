export { QueueError } from './connection.js';
export { StorageError } from './storage/bucket.js';
export { ObjectStorage } from './storage/object-storage.js';
export { SweepQueue, type SweepStorage, type WorkerShare } from './sweep-queue.js';
export { runWorker, type WorkerOptions } from './worker.js';
