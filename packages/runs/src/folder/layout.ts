import { join } from 'node:path';
import { EventLog } from '../events/event-log.js';

/** Where a run keeps its checkpoints. */
export function checkpointsFolder(run: string): string {
  return join(run, 'checkpoints');
}

/** Where a run keeps its generator, as TensorFlow.js loads it. */
export function generatorFolder(run: string): string {
  return join(run, 'generator');
}

export function eventLogOf(run: string): EventLog {
  return new EventLog(join(run, 'metrics.jsonl'));
}
