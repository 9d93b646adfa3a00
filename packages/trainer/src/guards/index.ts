export * from './guards.js';
export type { EvaluationFacts, Guard, GuardPolicy, StepFacts } from './guard.js';
export { makeGuard } from './make-guard.js';
