import type {
  RunSummary,
  SweepGroupView,
  SweepRowView,
  SweepRunView,
  SweepTableView,
} from '../../src/view/index.js';
import { ChartGrid } from '../curves/chart-grid.js';
import type { ChartContent } from '../curves/curve.js';
import { swatch } from '../swatch.js';
import { element } from '../element.js';
import { exchange } from '../parts/exchange.js';
import { scrolling, section } from '../parts/section.js';
import { standingOf, standings } from './standing.js';

/** The table of a preset, its figure, and what both are to be read with. */
export class SweepGroupPart {
  readonly root: HTMLElement;
  private readonly tablePlace = element('div');
  private readonly charts = new ChartGrid(false);
  private readonly morePlace = element('div');
  private shownTable = '';
  private shownMore = '';

  constructor(preset: string) {
    this.root = section(preset, this.tablePlace, this.charts.root, this.morePlace);
  }

  update(group: SweepGroupView, live: ReadonlyMap<string, RunSummary>): void {
    this.drawTable(group, live);
    this.charts.update(chartsOf(group));
    const { protocols, differences, published } = group;
    const key = JSON.stringify([protocols, differences, published]);
    if (key === this.shownMore) return;
    this.shownMore = key;
    const more = (part: string, title: string, ...content: readonly Node[]) =>
      element('details', { 'data-part': part }, element('summary', {}, title), ...content);
    exchange(
      this.morePlace,
      ...(differences === undefined
        ? []
        : [
            more(
              'differences',
              `differences from ${differences.heading[0].replace(/^less /, '')}, paired over seeds`,
              scrolling(`differences of ${group.preset}`, linesTable(differences)),
            ),
          ]),
      ...(published.length === 0
        ? []
        : [more('published', 'published, by the protocols of their sources', publishedList(published))]),
      ...(protocols.length === 0
        ? []
        : [
            more(
              'protocols',
              'protocols',
              element('ul', {}, ...protocols.map((protocol) => element('li', {}, protocol))),
            ),
          ]),
    );
  }

  dispose(): void {
    this.charts.dispose();
  }

  private drawTable(group: SweepGroupView, live: ReadonlyMap<string, RunSummary>): void {
    const { preset, rows, table } = group;
    const links = rows.map((row, at) => seedsOf(row, at, live));
    const key = JSON.stringify([table, links.map(({ key }) => key)]);
    if (key === this.shownTable) return;
    this.shownTable = key;
    exchange(
      this.tablePlace,
      scrolling(
        `results of ${preset}`,
        linesTable(
          table,
          links.map(({ root }) => root),
        ),
      ),
    );
  }
}

/** Cells of several lines, the first of which counts. */
function linesTable({ heading, rows }: SweepTableView, beneath: readonly Node[] = []): HTMLElement {
  return element(
    'table',
    { class: 'plain' },
    element('thead', {}, element('tr', {}, ...heading.map((head) => element('th', { scope: 'col' }, head)))),
    element(
      'tbody',
      {},
      ...rows.map((cells, at) =>
        element(
          'tr',
          {},
          ...cells.map((lines, i) => {
            const [first, ...others] = lines;
            const smaller = others.map((line) => element('div', { class: 'faint note' }, line));
            return i === 0
              ? element('th', { scope: 'row' }, first, ...smaller, beneath[at])
              : element('td', {}, first, ...smaller);
          }),
        ),
      ),
    ),
  );
}

/** The seeds of a row, each with what became of it, and the way to its run. */
function seedsOf(
  { label, runs }: SweepRowView,
  row: number,
  live: ReadonlyMap<string, RunSummary>,
): { readonly key: string; readonly root: HTMLElement } {
  const all = runs.map((run) => ({ run, now: live.get(run.name) }));
  return {
    key: JSON.stringify(all.map(({ run, now }) => [run, now !== undefined, standingOf(run, now)])),
    root: element(
      'div',
      { class: 'seeds' },
      swatch(row),
      ...all.map(({ run, now }) => seedLink(label, run, now)),
    ),
  };
}

function seedLink(label: string, run: SweepRunView, now: RunSummary | undefined): HTMLElement {
  const standing = standingOf(run, now);
  const { mark, words } = standings[standing];
  const about = `${label}, seed ${run.seed}: ${words}${run.reason === undefined ? '' : `, ${run.reason}`}`;
  const text = `${run.seed} ${mark}`;
  return now === undefined
    ? element('span', { class: `seed ${standing}`, title: about }, text)
    : element(
        'a',
        { class: `seed ${standing}`, href: `#${encodeURIComponent(run.name)}`, title: about },
        text,
        element('span', { class: 'spoken' }, about),
      );
}

function publishedList(published: SweepGroupView['published']): HTMLElement {
  return element(
    'ul',
    {},
    ...published.map(({ metric, text, source }) =>
      element(
        'li',
        {},
        element('code', {}, metric),
        ` ${text} `,
        element('span', { class: 'faint' }, source),
      ),
    ),
  );
}

/** The mean of each row over the steps, with the spread over its seeds. */
function chartsOf({ curves }: SweepGroupView): ChartContent[] {
  return curves.map(({ metric, lines, rows }) => ({
    id: `metric ${metric}`,
    title: metric,
    dense: false,
    lines,
    curves: rows.map(({ label, points }, color) => {
      const steps = points.map(({ step }) => step);
      return {
        label,
        color,
        // It is drawn over steps alone.
        at: { steps, seconds: steps },
        values: points.map(({ mean }) => mean),
        spread: {
          least: points.map(({ least }) => least),
          greatest: points.map(({ greatest }) => greatest),
        },
      };
    }),
  }));
}
