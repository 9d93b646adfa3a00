import type { JsonObject } from '@dist-gan/core';
import type { RunView } from '../../src/view/index.js';
import { element } from '../element.js';
import { count, duration, speed } from '../number-text.js';

/** A run at a glance. */
export function facts(run: RunView): HTMLElement {
  const { step, steps, seconds, seed, record, startedAt, state } = run;
  const left = state === 'running' && step > 0 ? (seconds / step) * (steps - step) : undefined;
  const engine = [record.engine, record.device].filter((part) => typeof part === 'string').join(', ');
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const executor = record.executor === 'eager' ? `eager, ${text(record.backend)}` : engine;
  const { method, recipe, dataset } = record.options as JsonObject;
  const id = (item: unknown) => text((item as JsonObject | undefined)?.id);
  const all: readonly (readonly [name: string, value: string])[] = [
    [`of ${count(steps)} steps`, count(step)],
    ['training time', duration(seconds)],
    ...(left === undefined ? [] : ([['to go, about', duration(left)]] as const)),
    ['steps per second', seconds > 0 ? speed(step / seconds) : '-'],
    ['seed', String(seed)],
    ['method', id(method ?? recipe)],
    ['data', id(dataset)],
    ['engine', executor || text(record.executor)],
    ['started (UTC)', startedAt.slice(0, 16).replace('T', ' ')],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...all
      .filter(([, value]) => value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}
