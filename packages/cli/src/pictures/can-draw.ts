import { BackendError } from '@dist-gan/core';
import { loadSharp } from './chart/index.js';

/** Whether pictures can be drawn on this machine. Where not, a run has none: the notice says what is missing. */
export async function canDraw(notice: (message: string) => unknown): Promise<boolean> {
  try {
    await loadSharp();
    return true;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    await notice(`there will be no pictures: ${error.message}`);
    return false;
  }
}
