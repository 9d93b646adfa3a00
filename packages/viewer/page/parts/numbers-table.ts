import { resultsByName, toJson, type MetricResult } from '@dist-gan/core';
import type { EvaluationRow, RunView } from '../../src/view/index.js';
import { element } from '../element.js';
import { count, number } from '../number-text.js';

/** The numbers of the last evaluation with their protocols, and under each what was published of the same kind. */
export function numbersTable({ results, published, evaluations }: RunView): HTMLElement {
  const raw = evaluations.at(-1)?.rawMetrics;
  const rows = [...resultsByName(results)].flatMap(([name, result]) => {
    const others = published.filter(({ metric }) => metric === result.id);
    const row = element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('code', {}, result.id)),
      cell(
        'this run',
        element('b', {}, number(result.value)),
        ...asTrained(raw?.[name]),
        ...warnings(result),
      ),
      cell('the data itself', result.ideal === undefined ? '' : number(result.ideal)),
      cell('how it was measured', protocol(result, name)),
    );
    return others.length === 0 ? [row] : [row, publishedRow(others)];
  });
  const isIdealKnown = results.some(({ ideal }) => ideal !== undefined);
  return element(
    'table',
    { class: isIdealKnown ? 'stacked' : 'stacked no-ideal' },
    head('metric', 'this run', 'the data itself', 'how it was measured'),
    element('tbody', {}, ...rows),
  );
}

/** Where there is a moving average, whose number stands above: that of the generator that is trained. */
function asTrained(value: number | undefined): HTMLElement[] {
  return value === undefined
    ? []
    : [element('div', { class: 'faint note' }, `moving average; raw: ${number(value)}`)];
}

function publishedRow(numbers: RunView['published']): HTMLElement {
  const lines = numbers.map(({ text, source }) =>
    element('div', {}, element('span', { class: 'faint' }, `${source}: `), text),
  );
  return element('tr', { class: 'published' }, element('td', { colspan: '4' }, ...lines));
}

/** A cell that says what it is where the table is too narrow for a head. */
function cell(label: string, ...content: readonly (Node | string)[]): HTMLElement {
  const isEmpty = content.every((part) => part === '');
  return element('td', { 'data-label': label, class: isEmpty ? 'empty' : undefined }, ...content);
}

function head(...names: readonly string[]): HTMLElement {
  const cells = names.map((name) => element('th', { scope: 'col' }, name));
  return element('thead', {}, element('tr', {}, ...cells));
}

function warnings({ warnings }: MetricResult): HTMLElement[] {
  return warnings.map((warning) => element('div', { class: 'warning' }, warning));
}

function protocol({ protocol, samples }: MetricResult, name: string): HTMLElement {
  return element(
    'details',
    { 'data-part': name },
    element('summary', {}, 'protocol'),
    element('pre', {}, toJson({ protocol, samples }, 2)),
  );
}

/** All evaluations as a table: what the curves show, to read and to copy. */
export function evaluationsTable(evaluations: readonly EvaluationRow[]): HTMLElement {
  const ids = [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))];
  return element(
    'table',
    { class: 'plain' },
    head('step', ...ids),
    element(
      'tbody',
      {},
      ...evaluations.map(({ step, metrics }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, count(step)),
          ...ids.map((id) => element('td', {}, metrics[id] === undefined ? '' : number(metrics[id]))),
        ),
      ),
    ),
  );
}
