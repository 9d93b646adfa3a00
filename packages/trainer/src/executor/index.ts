export type { CompilerOptions, Executor, ExecutorId, ExecutorOptions, Feeds } from './executor.js';
export { createCompiledExecutor } from './compiled.js';
export { createEagerExecutor } from './eager.js';
