import type { RunSummary, SweepGroupView, SweepView, SweepWorkerView } from '../../src/view/index.js';
import { element } from '../element.js';
import { count, number } from '../number-text.js';
import { exchange } from '../parts/exchange.js';
import { scrolling, section } from '../parts/section.js';
import { standingOf, standings, type Standing } from './standing.js';
import { SweepGroupPart } from './sweep-group-part.js';

/** What a sweep says of its runs: how far it is, who trains, and the table and figure of each preset. */
export class SweepPart {
  readonly root = element('div', { class: 'sweep' });
  private readonly progressPlace = element('div');
  private readonly workersPlace = element('div');
  private readonly groupsPlace = element('div');
  private readonly explanationsPlace = element('div');
  private readonly groups = new Map<string, SweepGroupPart>();
  private readonly shown = new Map<HTMLElement, string>();

  constructor() {
    this.root.append(this.progressPlace, this.workersPlace, this.groupsPlace, this.explanationsPlace);
  }

  update({ groups, explanations, workers }: SweepView, runs: readonly RunSummary[]): void {
    const live = new Map(runs.map((run) => [run.name, run]));
    this.fill(this.progressPlace, countStandings(groups, live), progress);
    this.fill(this.workersPlace, workers, (all) =>
      all.length === 0 ? [] : [section('Workers', scrolling('workers', workersTable(all)))],
    );
    for (const [preset, part] of this.groups) {
      if (groups.some((group) => group.preset === preset)) continue;
      part.root.remove();
      part.dispose();
      this.groups.delete(preset);
    }
    for (const group of groups) {
      let part = this.groups.get(group.preset);
      if (part === undefined) {
        this.groups.set(group.preset, (part = new SweepGroupPart(group.preset)));
        this.groupsPlace.append(part.root);
      }
      part.update(group, live);
    }
    this.fill(this.explanationsPlace, explanations, (lines) =>
      lines.map((line) => element('p', { class: 'faint note' }, line)),
    );
  }

  dispose(): void {
    for (const part of this.groups.values()) part.dispose();
  }

  private fill<What>(place: HTMLElement, what: What, make: (what: What) => readonly Node[]): void {
    const key = JSON.stringify(what);
    if (this.shown.get(place) === key) return;
    this.shown.set(place, key);
    exchange(place, ...make(what));
  }
}

type Counts = Readonly<Record<Standing, number>>;

function countStandings(groups: readonly SweepGroupView[], live: ReadonlyMap<string, RunSummary>): Counts {
  const counts = Object.fromEntries(Object.keys(standings).map((standing) => [standing, 0])) as Record<
    Standing,
    number
  >;
  for (const { rows } of groups)
    for (const { runs } of rows) for (const run of runs) counts[standingOf(run, live.get(run.name))]++;
  return counts;
}

function progress(counts: Counts): Node[] {
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const over = counts.done + counts.collapsed + counts.failed;
  // Few sweeps have any that were begun and stopped.
  const shown = (Object.keys(standings) as Standing[]).filter((each) => each !== 'begun' || counts.begun > 0);
  const facts = shown.map((standing) => {
    const { mark, words } = standings[standing];
    return element(
      'div',
      {},
      element(
        'dt',
        {},
        element('span', { class: `seed ${standing}`, 'aria-hidden': 'true' }, mark),
        ` ${words}`,
      ),
      element('dd', {}, count(counts[standing])),
    );
  });
  return [
    element('progress', { max: all, value: over, 'aria-label': `${over} of ${all} runs are over` }),
    element('dl', { class: 'facts' }, fact(`of ${count(all)} runs are over`, count(over)), ...facts),
  ];
}

function fact(name: string, value: string): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

function workersTable(workers: readonly SweepWorkerView[]): HTMLElement {
  const heads = ['worker', 'at work on', 'runs', 'runs an hour', 'begins an hour at most'];
  return element(
    'table',
    { class: 'plain' },
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element(
      'tbody',
      {},
      ...workers.map(({ worker, atWork, runs, runsAnHour, limit }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, worker),
          element('td', {}, count(atWork)),
          element('td', {}, count(runs)),
          element('td', {}, number(runsAnHour)),
          element('td', {}, limit === undefined ? 'no limit' : number(limit)),
        ),
      ),
    ),
  );
}
