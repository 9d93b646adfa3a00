import { makeDistribution } from '../distributions/distributions.js';
import type { SavedPage, SavedRun } from '../saving/run-file.js';
import type { Settings } from '../settings/settings.js';
import { RunClient } from '../training/run-client.js';
import type { ExportForm } from '../training/messages.js';
import { FrameWatch } from './frame-watch.js';
import type { Layers, PlaneBackground } from './plane.js';
import { RunCard } from './run-card.js';

/** How many real points are drawn. */
const drawnPoints = 3000;

/**
 * - `idle`: there are no workers; `building`: there are, and not all are ready;
 * - `training`, `paused`; `finished`: all runs have made their last step;
 * - `failed`: a run could not go on.
 */
export type LaboratoryState = 'idle' | 'building' | 'training' | 'paused' | 'finished' | 'failed';

interface Listener {
  changed(state: LaboratoryState): void;
  failed(message: string): void;
  exported(card: RunCard, client: RunClient, form: ExportForm): void;
}

interface Run {
  readonly card: RunCard;
  client?: RunClient;
  ready: boolean;
  finished: boolean;
  waiting: boolean;
}

/** The runs of the page: one worker each, started and paused together. */
export class Laboratory {
  private settings!: Settings;
  private runs: Run[] = [];
  private current: LaboratoryState = 'idle';
  /** Steps to make once all runs are built; none: they wait. */
  private wanted: { readonly steps?: number } | undefined;
  private layers: Layers | undefined;
  private readonly frames = new FrameWatch((rest) => {
    for (const { client } of this.runs) client?.rest(rest);
  });

  constructor(
    private readonly root: HTMLElement,
    private readonly listener: Listener,
  ) {
    document.addEventListener('visibilitychange', () => this.watchFrames());
  }

  get state(): LaboratoryState {
    return this.current;
  }

  get cards(): readonly RunCard[] {
    return this.runs.map(({ card }) => card);
  }

  /** Ends what is there, and shows what is to be trained. */
  choose(settings: Settings): void {
    this.close();
    this.settings = settings;
    this.runs = settings.methods.map(({ id }, place) => {
      const card: RunCard = new RunCard(id, place, (form) => {
        const { client } = this.runs[place];
        if (client) this.listener.exported(card, client, form);
      });
      return { card, ready: false, finished: false, waiting: true };
    });
    const background = backgroundOf(settings);
    for (const { card } of this.runs) {
      card.begin(background);
      if (this.layers) card.choose(this.layers);
    }
    this.root.replaceChildren(...this.cards.map(({ root }) => root));
    this.enter('idle');
  }

  chooseLayers(layers: Layers): void {
    this.layers = layers;
    for (const card of this.cards) card.choose(layers);
  }

  /** Trains on: so many steps, or to the end. */
  train(steps?: number): void {
    this.wanted = { steps };
    if (this.current === 'idle') this.open();
    else if (this.runs.every(({ ready }) => ready)) this.continue();
  }

  pause(): void {
    this.wanted = undefined;
    for (const { client } of this.runs) client?.pause();
  }

  /** Shows saved runs, which wait to be continued. */
  restore({ settings, runs }: SavedPage): void {
    this.choose(settings);
    this.wanted = undefined;
    runs.forEach(({ curves }, place) => (this.runs[place].card.curves = curves));
    this.open(runs);
  }

  /** Reads everything that the runs can be resumed from; nothing before the first step. */
  async save(): Promise<SavedPage | undefined> {
    const { settings } = this;
    const saved = await Promise.all(
      this.runs.map(async ({ card, client }) => {
        const state = await client?.state();
        return state && { state, curves: card.curves };
      }),
    );
    return saved.every((run) => run !== undefined) ? { settings, runs: saved } : undefined;
  }

  private open(saved?: readonly SavedRun[]): void {
    this.enter('building');
    this.runs.forEach((run, place) => {
      const { card } = run;
      run.client = new RunClient(
        { settings: this.settings, place, state: saved?.[place].state },
        {
          opened: (engine, parameters) => card.opened(engine, parameters),
          frame: (frame) => card.show(frame, this.settings.steps),
          paused: () => {
            run.waiting = true;
            run.ready = true;
            // A run that was kept after its last step has nothing left to do.
            run.finished = card.frame?.step === this.settings.steps;
            this.afterPause();
          },
          finished: () => {
            run.finished = run.waiting = true;
            card.describe();
            this.afterPause();
          },
          failed: (message) => {
            this.pause();
            this.enter('failed');
            this.listener.failed(`${card.title}: ${message}`);
          },
        },
      );
    });
  }

  private afterPause(): void {
    if (this.current === 'failed' || !this.runs.every(({ ready, waiting }) => ready && waiting)) return;
    if (this.runs.every(({ finished }) => finished)) return this.enter('finished');
    if (this.current === 'building' && this.wanted) return this.continue();
    this.enter('paused');
  }

  private continue(): void {
    for (const run of this.runs) {
      if (run.finished) continue;
      run.waiting = false;
      run.client!.continue(this.wanted?.steps);
    }
    this.enter('training');
  }

  private enter(state: LaboratoryState): void {
    this.current = state;
    this.watchFrames();
    for (const card of this.cards) card.describe();
    this.listener.changed(state);
  }

  /** Where runs have every core, so that none is left to the page, they rest as much as its frames need. */
  private watchFrames(): void {
    const isCrowded = this.runs.length >= navigator.hardwareConcurrency;
    if (isCrowded && this.current === 'training' && document.visibilityState === 'visible')
      this.frames.start();
    else this.frames.stop();
  }

  private close(): void {
    for (const { client } of this.runs) client?.close();
  }
}

function backgroundOf({ distribution, dots }: Settings): PlaneBackground {
  if (distribution === 'drawn' && dots.length === 0) return { real: new Float32Array() };
  const { dataset, modes } = makeDistribution(distribution, dots);
  const indices = Array.from({ length: drawnPoints }, (_, i) => Math.floor((i * dataset.size) / drawnPoints));
  return { real: dataset.batch(indices), modes };
}
