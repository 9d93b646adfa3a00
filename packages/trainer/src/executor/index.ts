export { executorIds } from './executor.js';
export type { CompilerOptions, EngineDescription, Executor, ExecutorId, Feeds } from './executor.js';
export { createCompiledExecutor } from './compiled.js';
export { createEagerExecutor } from './eager.js';
