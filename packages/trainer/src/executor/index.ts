export type { Executor, ExecutorId, ExecutorOptions, Feeds } from './executor.js';
export { createEagerExecutor } from './eager.js';
