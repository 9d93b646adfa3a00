import { readNumbers, type RunView } from '../../src/view/index.js';
import { element, freshId, setText } from '../element.js';
import { count } from '../number-text.js';
import { messageOf, type Source } from '../sources/source.js';
import { FittedCanvas } from './canvas.js';
import { densityLegend, drawDensity } from './draw-density.js';
import { drawPlane, planeLegend } from './draw-plane.js';
import { legend } from './legend.js';

/** Frames that are kept after they were shown. */
const keptFrames = 64;

/** The samples of a run that began once: the newest, or those of a step that a slider chooses. */
export class SamplesCard {
  readonly root = element('div', { class: 'samples' });
  private readonly canvas = new FittedCanvas(1);
  private readonly image = element('img', { class: 'grid' });
  private readonly legend = element('div');
  private readonly caption: HTMLElement;
  private readonly slider = element('input', { type: 'range', min: 0, step: 1, id: freshId() });
  private readonly frames = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  private run: RunView;
  /** The step that a person has chosen; none: the newest. */
  private chosen: number | undefined;
  private shown: number | undefined;

  constructor(
    run: RunView,
    private readonly source: Source,
  ) {
    this.run = run;
    this.caption = element('output', { for: this.slider.id });
    this.slider.addEventListener('input', () => {
      const { steps } = this.run.samples;
      const at = Number(this.slider.value);
      this.chosen = at === steps.length - 1 ? undefined : steps[at];
      void this.show();
    });
    this.root.append(
      run.samples.kind === 'points' ? this.canvas.root : this.image,
      this.legend,
      element(
        'div',
        { class: 'slider' },
        element('label', { for: this.slider.id }, 'step'),
        this.slider,
        this.caption,
      ),
    );
    this.update(run);
  }

  update(run: RunView): void {
    this.run = run;
    void this.show();
  }

  dispose(): void {
    this.canvas.dispose();
    if (this.image.src) URL.revokeObjectURL(this.image.src);
  }

  private async show(): Promise<void> {
    const { samples, evaluations } = this.run;
    const { steps, plane } = samples;
    const at = this.chosen === undefined ? -1 : steps.indexOf(this.chosen);
    const index = at < 0 ? steps.length - 1 : at;
    const step = steps[index];
    this.slider.max = String(steps.length - 1);
    this.slider.value = String(index);
    this.slider.setAttribute('aria-valuetext', `step ${count(step)}`);
    setText(this.caption, `${count(step)}${index === steps.length - 1 ? ' (newest)' : ''}`);
    if (this.shown === step) return;
    this.shown = step;
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await this.frame(step);
    } catch (error) {
      this.shown = undefined;
      this.frames.delete(step);
      setText(this.caption, `${count(step)}: ${messageOf(error)}`);
      return;
    }
    // Another one was asked for in the meantime.
    if (this.shown !== step) return;
    if (plane === undefined) {
      const before = this.image.src;
      this.image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
      this.image.alt = `generated images at step ${count(step)}`;
      if (before) URL.revokeObjectURL(before);
      return;
    }
    const generated = readNumbers(bytes);
    const points = count(generated.length / plane.dimension);
    if (plane.dimension === 1) {
      const content = { plane, generated };
      this.canvas.draw(
        `density of ${points} generated numbers beside real ones, step ${count(step)}`,
        (...canvas) => drawDensity(...canvas, content),
      );
      this.legend.replaceChildren(legend(densityLegend(content)));
      return;
    }
    const modes = evaluations.find((row) => row.step === step)?.modes;
    const content = { plane, generated, ...(modes !== undefined && { modes }) };
    const covered =
      modes && `, ${modes.filter(({ covered }) => covered).length} of ${modes.length} modes covered`;
    this.canvas.draw(`${points} generated points at step ${count(step)}${covered ?? ''}`, (...canvas) =>
      drawPlane(...canvas, content),
    );
    this.legend.replaceChildren(legend(planeLegend(content)));
  }

  private frame(step: number): Promise<Uint8Array<ArrayBuffer>> {
    let frame = this.frames.get(step);
    if (frame === undefined) {
      frame = this.source.frame(this.run.name, step);
      this.frames.set(step, frame);
      if (this.frames.size > keptFrames) this.frames.delete(this.frames.keys().next().value!);
    }
    return frame;
  }
}
