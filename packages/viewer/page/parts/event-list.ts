import type { EventRow } from '../../src/view/index.js';
import { element } from '../element.js';
import { count } from '../number-text.js';

/** What happened, the newest first. */
export function eventList(events: readonly EventRow[]): HTMLElement {
  return element(
    'ol',
    { class: 'events', reversed: true },
    ...events
      .toReversed()
      .map(({ step, at, kind, text }) =>
        element(
          'li',
          {},
          element('b', { class: kind }, kind),
          element('span', { class: 'faint' }, `step ${count(step)}`),
          at === undefined ? undefined : element('time', { datetime: at, class: 'faint' }, clock(at)),
          element('span', {}, text),
        ),
      ),
  );
}

function clock(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`;
}
