import { toJson } from '@dist-gan/core';
import type { RunView } from '../src/view/index.js';
import { ChartGrid } from './curves/chart-grid.js';
import { chartsOfRun } from './curves/charts-of-run.js';
import { element } from './element.js';
import { LatentsCard } from './latents/latents-card.js';
import { count } from './number-text.js';
import { exchange } from './parts/exchange.js';
import { eventList } from './parts/event-list.js';
import { facts } from './parts/facts.js';
import { evaluationsTable, numbersTable } from './parts/numbers-table.js';
import { PictureList } from './parts/picture-list.js';
import { scrolling, section } from './parts/section.js';
import { stateBadge } from './parts/state-badge.js';
import { SamplesCard } from './samples/samples-card.js';
import type { Source } from './sources/source.js';

/** Everything of one run. */
export class RunPage {
  readonly root = element('main', { id: 'run' });
  private readonly head = element('header');
  private readonly samplesPlace = element('div');
  private readonly numbersPlace = element('div');
  private readonly latentsPlace = element('div');
  private readonly eventsPlace = element('div');
  private readonly evaluationsPlace = element('div');
  private readonly setupPlace = element('div');
  private readonly charts = new ChartGrid();
  private readonly pictures: PictureList;
  private samples: SamplesCard | undefined;
  private latents: LatentsCard | undefined;
  /** What the places show: they are made again only when that changes. */
  private readonly shown = new Map<HTMLElement, string>();

  constructor(
    run: RunView,
    private readonly source: Source,
  ) {
    this.pictures = new PictureList(source);
    this.root.append(
      this.head,
      element('div', { class: 'columns' }, this.samplesPlace, this.numbersPlace),
      section('Curves', this.charts.root, this.evaluationsPlace),
      this.latentsPlace,
      this.pictures.root,
      this.eventsPlace,
      this.setupPlace,
    );
    this.update(run);
  }

  update(run: RunView): void {
    const { source } = this;
    this.fill(this.head, [run.state, run.message, run.step, run.seconds, run.startedAt], () =>
      head(run, source.live),
    );
    this.fill(this.numbersPlace, [run.results], () =>
      run.results.length === 0
        ? [section('Numbers', element('p', { class: 'faint' }, 'There is no evaluation yet.'))]
        : [section('Numbers', numbersTable(run))],
    );
    const averaged = run.evaluations.some(({ rawMetrics }) => rawMetrics !== undefined);
    this.fill(this.evaluationsPlace, [run.evaluations], () =>
      run.evaluations.length === 0
        ? []
        : [
            element(
              'details',
              { 'data-part': 'evaluations' },
              element(
                'summary',
                {},
                `all evaluations as a table${averaged ? ', of the moving average' : ''}`,
              ),
              scrolling('all evaluations', evaluationsTable(run.evaluations)),
            ),
          ],
    );
    this.fill(this.eventsPlace, [run.events], () => [section('Events', eventList(run.events))]);
    this.fill(this.setupPlace, [run.record], () => [
      section(
        'Set-up',
        element('p', { class: 'faint' }, againWords(run), element('code', {}, run.command)),
        element(
          'details',
          { 'data-part': 'record' },
          element('summary', {}, 'everything that the run depended on'),
          scrolling('the record of the run', element('pre', {}, toJson(run.record, 2))),
        ),
      ),
    ]);
    if (run.samples.steps.length > 0) {
      if (this.samples === undefined) {
        this.samples = new SamplesCard(run, source);
        this.samplesPlace.append(section('Samples', this.samples.root));
      } else {
        this.samples.update(run);
      }
    }
    if (source.generators !== undefined && LatentsCard.fits(run)) {
      if (this.latents === undefined) {
        this.latents = new LatentsCard(run, source.generators);
        this.latentsPlace.append(section('Between latents', this.latents.root));
      } else {
        this.latents.update(run);
      }
    }
    this.pictures.update(run);
    this.charts.update(chartsOfRun(run));
  }

  dispose(): void {
    this.charts.dispose();
    this.samples?.dispose();
    this.latents?.dispose();
    this.pictures.dispose();
  }

  private fill(place: HTMLElement, what: unknown, make: () => readonly Node[]): void {
    const key = toJson(what);
    if (this.shown.get(place) === key) return;
    this.shown.set(place, key);
    exchange(place, ...make());
  }
}

/** A run that went on with other settings is no run of its last ones. */
function againWords({ record }: RunView): string {
  const resumed = (record.resumed ?? []) as readonly { readonly changed?: unknown }[];
  const isMixed = resumed.some(({ changed }) => changed !== undefined);
  return isMixed ? 'A run with the settings that it has had last: ' : 'The same run again: ';
}

function head(run: RunView, live: boolean): Node[] {
  const { title, description, source, preset, state, message, step, steps } = run;
  return [
    element('h1', {}, title, ' ', stateBadge(state)),
    // The words of the preset hold for what the run has left as it was there.
    element('p', {}, description === '' ? '' : `Preset ${preset}: ${description}`),
    element('p', { class: 'faint' }, source),
    ...(['failed', 'stopped', 'crashed'].includes(state)
      ? [
          element(
            'p',
            { class: 'alert' },
            element('b', {}, `Stopped at step ${count(step)} of ${count(steps)}.`),
            ` ${message ?? (state === 'crashed' ? 'Its process is gone.' : 'It was ended before its last step.')}`,
          ),
        ]
      : []),
    ...(state === 'running' && !live
      ? [
          element(
            'p',
            { class: 'faint' },
            `This is how it stood at step ${count(step)}, when this page was written.`,
          ),
        ]
      : []),
    ...(state === 'running' ? [element('progress', { max: steps, value: step, 'aria-label': 'steps' })] : []),
    facts(run),
  ];
}
