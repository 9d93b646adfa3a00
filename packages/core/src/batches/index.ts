export { BatchWalk, epochOrder } from './batch-walk.js';
