export { readAxis, splitList } from './definition/axis-values.js';
export { changesFor, expandSeeds, expandSettings, type Setting } from './definition/expand.js';
export {
  resolveSweep,
  sweepSchema,
  type SweepDefinition,
  type SweepOptions,
} from './definition/sweep-definition.js';
export { planSweep, type PlannedRun, type PlanOptions, type Setup, type SweepPlan } from './plan/plan.js';
export { runIdentity, type RunSpec } from './plan/identity.js';
export { jobName, type ArrayJob } from './array/array-job.js';
export { kubernetesTasks, printKubernetes } from './array/kubernetes.js';
export { runArrayTask, type ArrayTaskOptions } from './array/run-array-task.js';
export {
  parseRunList,
  readRunList,
  writeRunList,
  type RunList,
  type WrittenRunList,
} from './array/run-list.js';
export { printSlurm, slurmTasks } from './array/slurm.js';
export {
  findRuns,
  isOver,
  missingRuns,
  retryFailed,
  runSweep,
  type FoundRuns,
  type RunSweepOptions,
  type SweepEvents,
} from './execution/run-sweep.js';
export { runPool } from './execution/pool.js';
export type { ProgramCall } from './execution/run-process.js';
export type { TrainingProgram } from './execution/train-run.js';
export { trainTakenRun, type TrainTakenOptions } from './execution/train-taken-run.js';
export { RunTakenError, type RunStorage, type TakenRun } from './storage/run-storage.js';
export { SharedFolder } from './storage/shared-folder.js';
export { whyRunStays } from './storage/why-run-stays.js';
export { trainHere, type Execute, type ExecuteOptions, type RunHooks } from './execution/try-run.js';
export { estimateSweep, type SweepEstimate } from './probe/estimate-sweep.js';
export { curvesOf, idealOf, infiniteMetrics, type Curve, type CurveOf } from './results/curves.js';
export { judge, type Outcome } from './results/outcome.js';
export { toMarkdown } from './results/markdown.js';
export {
  columnName,
  textTable,
  explanations,
  type CellLines,
  type CellTable,
  type TextTable,
} from './results/table-cells.js';
export {
  summarise,
  type Cell,
  type Column,
  type GroupSummary,
  type RowSummary,
  type SweepSummary,
} from './results/summary.js';
export type { SweepStore, StoredRun } from './store/sweep-store.js';
export { SweepFolder } from './sweep-folder.js';
export { SweepReader, type ReadSweep } from './sweep-reader.js';
