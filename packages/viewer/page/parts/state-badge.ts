import type { RunState } from '../../src/view/index.js';
import { element } from '../element.js';

const words: Readonly<Record<RunState, string>> = {
  running: 'training',
  completed: 'done',
  stopped: 'stopped early',
  failed: 'failed',
  crashed: 'its process is gone',
  unreadable: 'cannot be read',
};

export function stateBadge(state: RunState): HTMLElement {
  return element('span', { class: `badge ${state}` }, words[state]);
}
