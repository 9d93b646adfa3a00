export { fit, type TrainingResult } from './fit.js';
export type { EvaluationOptions, FitOptions } from './fit-options.js';
export type { Callbacks, EvaluationEvent, StartEvent, StepEvent } from './callbacks.js';
export type { ExecutorId } from './executor/index.js';
