import { OptionError, type JsonObject, type JsonValue, type StageTensors } from '@dist-gan/core';

/** What is kept of a stage. */
export interface StoredStage {
  /** Everything that the stage's result depends on, the options of the stages before it included. */
  readonly options: JsonObject;
  /** False for what a stage saved before it was interrupted: of a stage that trains, the state of the training. */
  readonly complete: boolean;
  readonly tensors: StageTensors;
  /** Wall-clock seconds that were spent on it. */
  readonly seconds: number;
}

/** Where a recipe keeps its stages: a folder, a database, memory. */
export interface StageStore {
  read(stage: string): Promise<StoredStage | undefined>;
  write(stage: string, stored: StoredStage): Promise<void>;
}

/** @throws OptionError when a stage was made with other options, naming the first that differs */
export function assertSameStage(stage: string, stored: JsonObject, now: JsonObject): void {
  const difference = firstDifference(stored, now, '');
  if (difference === undefined) return;
  const { path, before, after } = difference;
  throw new OptionError(
    `recipe: stage ${stage} was made with ${path} ${JSON.stringify(before) ?? 'missing'}, and is now asked for with ` +
      `${JSON.stringify(after) ?? 'none'}; go on with the same options, or begin in another place`,
    `recipe.${stage}.${path}`,
    after,
  );
}

interface Difference {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

function firstDifference(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): Difference | undefined {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const found = firstDifference(before[key], after[key], path === '' ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : { path, before, after };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
