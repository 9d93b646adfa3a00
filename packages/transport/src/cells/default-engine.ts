import { isGanError } from '@dist-gan/core';
import { compiledEngine } from './compiled-engine.js';
import { plainEngine } from './plain-engine.js';
import type { MakePlaneEngine } from './plane-engine.js';

/** Numbers below which compiling costs more than it saves. */
const smallProblem = 20_000;

/** Compiled where that can be loaded and pays, else plain. What is found is the same. */
export const defaultEngine: MakePlaneEngine = async (planes, highest) => {
  if (planes.points.length < smallProblem) return plainEngine(planes, highest);
  try {
    return await compiledEngine()(planes, highest);
  } catch (error) {
    if (isGanError(error, 'BACKEND_UNAVAILABLE')) return plainEngine(planes, highest);
    throw error;
  }
};
