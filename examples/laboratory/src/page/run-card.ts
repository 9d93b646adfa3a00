import {
  exportForms,
  sampleCount,
  type Coverage,
  type ExportForm,
  type Frame,
} from '../training/messages.js';
import { methodEntries, type MethodId } from '../settings/methods.js';
import { addPoint, Chart, type Series } from './chart.js';
import { element, grouped } from './element.js';
import { Plane, type Layers, type PlaneBackground } from './plane.js';

const formTitles: Readonly<Record<ExportForm, string>> = {
  onnx: 'ONNX',
  'layers-model': 'TensorFlow.js LayersModel',
  safetensors: 'safetensors (weights)',
};

/** The curves of a run, as a file keeps them. */
export type Curves = Readonly<Record<string, { readonly steps: number[]; readonly values: number[] }>>;

/** What the page shows of one run. */
export class RunCard {
  readonly root: HTMLElement;
  private readonly plane: Plane;
  private readonly canvas = element('canvas', { class: 'plane', role: 'img' });
  private readonly count = element('span', { class: 'count' }, '0');
  private readonly countOf = element('span', { class: 'count-of' });
  private readonly facts: Readonly<Record<'step' | 'speed' | 'time' | 'registered' | 'engine', HTMLElement>>;
  private readonly exporting = element('fieldset', { class: 'exports', disabled: true });
  private readonly losses: Series[];
  /** What stands in the legend for each of them. */
  private readonly keys: readonly HTMLElement[];
  private readonly covered: Series;
  private charts: Chart[];
  /** Where modes are known, how many. */
  private modes: number | undefined;
  private last: Frame | undefined;

  constructor(
    private readonly method: MethodId,
    place: number,
    onExport: (form: ExportForm) => void,
  ) {
    const series = (name: string, colour: string, dash: number[] = []): Series => ({
      name,
      colour,
      dash,
      steps: [],
      values: [],
    });
    this.losses = [
      series('discriminator', 'line-1'),
      series('generator', 'line-2', [6, 3]),
      series('reconstruction', 'line-3', [2, 3]),
    ];
    this.keys = this.losses.map(({ name, colour }) => element('span', { class: `key ${colour}` }, name));
    this.covered = series('covered', 'covered');
    const fact = () => element('dd', {}, '-');
    this.facts = { step: fact(), speed: fact(), time: fact(), registered: fact(), engine: fact() };
    this.plane = new Plane(this.canvas);
    const lossCanvas = element('canvas', {
      class: 'chart',
      role: 'img',
      'aria-label': 'Losses over the steps',
    });
    const coveredCanvas = element('canvas', {
      class: 'chart',
      role: 'img',
      'aria-label': 'Coverage over the steps',
    });
    this.charts = [new Chart(lossCanvas, this.losses), new Chart(coveredCanvas, [this.covered], [0, 1])];
    this.exporting.append(
      element('legend', {}, 'Export the generator'),
      ...exportForms.map((form) => {
        const button = element('button', { type: 'button', 'data-form': form }, formTitles[form]);
        button.addEventListener('click', () => onExport(form));
        return button;
      }),
    );
    const { title, idea } = methodEntries[method];
    const heading = `run-${place}`;
    this.root = element(
      'article',
      { class: 'run', 'aria-labelledby': heading },
      element('h2', { id: heading }, title),
      element('p', { class: 'idea' }, idea),
      this.canvas,
      element('p', { class: 'headline' }, this.count, ' ', this.countOf),
      element(
        'dl',
        { class: 'facts' },
        ...(
          [
            ['Step', this.facts.step],
            ['Steps a second', this.facts.speed],
            ['Points in a mode', this.facts.registered],
            ['Trained for', this.facts.time],
            ['Runs on', this.facts.engine],
          ] as const
        ).map(([name, value]) => element('div', {}, element('dt', {}, name), value)),
      ),
      element(
        'div',
        { class: 'charts' },
        element('figure', {}, element('figcaption', {}, 'Losses: ', ...this.keys), lossCanvas),
        element('figure', {}, element('figcaption', {}, 'Covered'), coveredCanvas),
      ),
      this.exporting,
    );
  }

  get title(): string {
    return methodEntries[this.method].title;
  }

  get frame(): Frame | undefined {
    return this.last;
  }

  /** Nothing is trained yet. */
  begin(background: PlaneBackground): void {
    this.modes = background.modes?.centres.length;
    this.plane.begin(background);
    this.last = undefined;
    for (const { steps, values } of [...this.losses, this.covered]) steps.length = values.length = 0;
    this.drawCharts();
    this.count.textContent = '0';
    this.countOf.textContent =
      this.modes === undefined ? '% of the shape covered' : `of ${this.modes} modes covered`;
    this.facts.registered.parentElement!.hidden = this.modes === undefined;
    for (const value of Object.values(this.facts)) value.textContent = '-';
    this.exporting.disabled = true;
    this.describe();
  }

  opened(engine: string, parameters: number): void {
    this.facts.engine.textContent = `${engine}; ${grouped(parameters)} weights`;
    this.exporting.disabled = false;
  }

  show(frame: Frame, steps: number): void {
    this.last = frame;
    this.plane.show(frame);
    this.count.textContent = countOf(frame.coverage);
    this.facts.step.textContent = `${grouped(frame.step)} of ${grouped(steps)}`;
    if (frame.stepsPerSecond > 0) this.facts.speed.textContent = speedOf(frame);
    this.facts.time.textContent = `${frame.seconds.toFixed(0)} s`;
    if (frame.coverage.of === 'modes')
      this.facts.registered.textContent = `${grouped(frame.coverage.registered)} of ${grouped(sampleCount)}`;
    for (const series of this.losses) {
      const loss = frame.losses[series.name];
      if (loss !== undefined) addPoint(series, frame.step, loss);
    }
    addPoint(this.covered, frame.step, shareOf(frame.coverage));
    this.drawCharts();
  }

  private drawCharts(): void {
    this.charts.forEach((chart) => chart.drawSoon());
    // A method has no loss of a phase that it lacks.
    this.losses.forEach(({ values }, i) => (this.keys[i].hidden = values.length === 0));
  }

  choose(layers: Layers): void {
    this.plane.choose(layers);
  }

  /** Says in words what the picture shows. Not with every frame: who listens would hear nothing else. */
  describe(): string {
    const text =
      this.last === undefined
        ? `${this.title}: nothing is trained yet.`
        : `${this.title}, step ${grouped(this.last.step)}: ${countOf(this.last.coverage)} ${this.countOf.textContent}.`;
    this.canvas.setAttribute('aria-label', text);
    return text;
  }

  get curves(): Curves {
    return Object.fromEntries(
      [...this.losses, this.covered].map(({ name, steps, values }) => [name, { steps, values }]),
    );
  }

  set curves(curves: Curves) {
    for (const { name, steps, values } of [...this.losses, this.covered]) {
      const kept = curves[name];
      if (kept === undefined) continue;
      steps.splice(0, steps.length, ...kept.steps);
      values.splice(0, values.length, ...kept.values);
    }
    this.drawCharts();
  }
}

function speedOf({ stepsPerSecond, rest }: Frame): string {
  const speed = stepsPerSecond.toFixed(0);
  return rest === 0 ? speed : `${speed}, rests ${(100 * rest).toFixed(0)} %`;
}

function shareOf(coverage: Coverage): number {
  if (coverage.of === 'points') return coverage.share;
  return coverage.covered.filter(Boolean).length / coverage.covered.length;
}

function countOf(coverage: Coverage): string {
  return coverage.of === 'points'
    ? (100 * coverage.share).toFixed(0)
    : String(coverage.covered.filter(Boolean).length);
}
