import type { RunSummary, RunView, SweepView } from '../src/view/index.js';
import { beginnings } from './beginnings.js';
import { ChartGrid } from './curves/chart-grid.js';
import { chartsOfRuns, type ColoredRun } from './curves/charts-of-runs.js';
import { swatch } from './swatch.js';
import { element } from './element.js';
import { metricColumns, type MetricColumn } from './metric-columns.js';
import { count, duration, number, speed } from './number-text.js';
import { exchange } from './parts/exchange.js';
import { scrolling, section } from './parts/section.js';
import { stateBadge } from './parts/state-badge.js';
import { SamplesCard } from './samples/samples-card.js';
import type { Source } from './sources/source.js';
import { SweepPart } from './sweep/sweep-part.js';

/** Runs that are laid over one another until a person chooses. */
const firstChosen = 4;

/** Several runs beside each other: what the sweep says that they are of, a table, curves over one another, the newest samples of each. */
export class RunsPage {
  readonly root = element('main', { id: 'runs' });
  private readonly sweep = new SweepPart();
  private readonly runsTitle = element('h2', { hidden: true }, 'Runs');
  private readonly table = element('div');
  private readonly charts = new ChartGrid();
  private readonly samplesPlace = element('div', { class: 'side-by-side' });
  private readonly samples = new Map<string, { readonly card: SamplesCard; readonly root: HTMLElement }>();
  /** Names of the chosen runs, and the colour of each. */
  private readonly colors = new Map<string, number>();
  private isChosen = false;
  private shownTable = '';

  constructor(
    title: string,
    private readonly source: Source,
    /** Called when another choice wants other data. */
    private readonly onChoice: () => void,
  ) {
    this.root.append(
      element('header', {}, element('h1', {}, title)),
      this.sweep.root,
      this.runsTitle,
      this.table,
      section('Curves', this.charts.root),
      section('Newest samples', this.samplesPlace),
    );
  }

  /** The runs whose curves are to be shown. */
  chosen(runs: readonly RunSummary[]): string[] {
    const readable = runs.filter(({ state }) => state !== 'unreadable');
    if (!this.isChosen && this.colors.size === 0) {
      for (const { name } of readable.slice(0, firstChosen)) this.choose(name);
    }
    return readable.map(({ name }) => name).filter((name) => this.colors.has(name));
  }

  update(runs: readonly RunSummary[], views: readonly RunView[], sweep: SweepView | null): void {
    if (sweep !== null) this.sweep.update(sweep, runs);
    this.runsTitle.hidden = sweep === null;
    this.drawTable(runs);
    const colored: ColoredRun[] = views.flatMap((run) => {
      const color = this.colors.get(run.name);
      return color === undefined ? [] : [{ run, color }];
    });
    this.charts.update(chartsOfRuns(colored));
    const keys = new Set(colored.map(({ run }) => beginnings(run)));
    for (const [key, { card, root }] of this.samples) {
      if (keys.has(key)) continue;
      root.remove();
      card.dispose();
      this.samples.delete(key);
    }
    for (const { run, color } of colored) {
      if (run.samples.steps.length === 0) continue;
      const place = this.samples.get(beginnings(run));
      if (place !== undefined) {
        place.card.update(run);
        continue;
      }
      const card = new SamplesCard(run, this.source);
      const root = element('figure', {}, element('figcaption', {}, swatch(color), run.name), card.root);
      this.samples.set(beginnings(run), { card, root });
      this.samplesPlace.append(root);
    }
  }

  dispose(): void {
    this.sweep.dispose();
    this.charts.dispose();
    for (const { card } of this.samples.values()) card.dispose();
  }

  private choose(name: string): void {
    const taken = new Set(this.colors.values());
    let color = 0;
    while (taken.has(color)) color++;
    this.colors.set(name, color);
  }

  private drawTable(runs: readonly RunSummary[]): void {
    const key = JSON.stringify([runs, [...this.colors]]);
    if (key === this.shownTable) return;
    this.shownTable = key;
    const columns = metricColumns(runs);
    const metrics = columns.map(({ title }) => title);
    const heads = ['show', 'run', 'state', 'preset', 'seed', 'steps', 'time', 'steps/s', ...metrics];
    exchange(
      this.table,
      scrolling(
        'runs',
        element(
          'table',
          { class: 'plain' },
          element(
            'thead',
            {},
            element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, name))),
          ),
          element('tbody', {}, ...runs.map((run) => this.row(run, columns))),
        ),
      ),
    );
  }

  private row(run: RunSummary, columns: readonly MetricColumn[]): HTMLElement {
    const { name, state, message, preset, seed, step, steps, seconds } = run;
    const color = this.colors.get(name);
    if (state === 'unreadable') {
      return element(
        'tr',
        {},
        element('td'),
        element('th', { scope: 'row' }, name),
        element('td', {}, stateBadge(state)),
        element('td', { colspan: 5 + columns.length }, message),
      );
    }
    const box = element('input', {
      type: 'checkbox',
      checked: color !== undefined,
      'aria-label': `show ${name}`,
    });
    box.addEventListener('change', () => {
      this.isChosen = true;
      if (box.checked) this.choose(name);
      else this.colors.delete(name);
      this.onChoice();
    });
    return element(
      'tr',
      {},
      element('td', {}, box, color === undefined ? element('span', { class: 'swatch' }) : swatch(color)),
      element('th', { scope: 'row' }, element('a', { href: `#${encodeURIComponent(name)}` }, name)),
      element('td', {}, stateBadge(state)),
      element('td', {}, preset),
      element('td', {}, String(seed)),
      element('td', {}, `${count(step)} of ${count(steps)}`),
      element('td', {}, duration(seconds)),
      element('td', {}, seconds > 0 ? speed(step / seconds) : ''),
      ...columns.map(({ metric, runs }) =>
        element('td', {}, runs.has(name) ? number(run.metrics[metric]) : ''),
      ),
    );
  }
}
