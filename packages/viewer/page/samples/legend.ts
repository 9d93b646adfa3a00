import { element } from '../element.js';

export interface LegendEntry {
  /** Classes of the style sheet. */
  readonly mark: string;
  readonly label: string;
}

export function legend(entries: readonly LegendEntry[]): HTMLElement {
  return element(
    'div',
    { class: 'legend' },
    ...entries.map(({ mark, label }) =>
      element('span', { class: 'key' }, element('span', { class: `mark ${mark}` }), label),
    ),
  );
}
