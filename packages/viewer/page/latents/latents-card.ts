import { interpolateLatents, RandomStream } from '@dist-gan/core';
import type { GeneratorView, RunView } from '../../src/view/index.js';
import { element, freshId, setText } from '../element.js';
import { count } from '../number-text.js';
import { FittedCanvas } from '../samples/canvas.js';
import { drawPlane } from '../samples/draw-plane.js';
import { messageOf, type Generators } from '../sources/source.js';
import { drawImages, toBitmaps } from './draw-images.js';
import { PageGenerator } from './generator.js';

/** Latents on the way. */
const waySteps = 65;
/** Images in the row, of them. */
const inRow = 9;
/** Points that show where the generator goes at all. */
const cloud = 1500;

/** What a generator makes of the latents between two latents, made in this page. */
export class LatentsCard {
  readonly root = element('div', { class: 'samples' });
  private readonly canvas: FittedCanvas;
  private readonly status = element('p', { class: 'faint', role: 'status' });
  private readonly slider = element('input', {
    type: 'range',
    min: 0,
    max: waySteps - 1,
    value: 0,
    step: 1,
    id: freshId(),
  });
  private readonly visible: IntersectionObserver;
  private generator: PageGenerator | undefined;
  /** Version of the generator. */
  private loaded: string | undefined;
  /** Of which the samples are: generator and seed. */
  private made: string | undefined;
  private seed = 0;
  private isSeen = false;
  private busy = false;
  private isDisposed = false;
  private way: Float32Array | undefined;
  private cloud: Float32Array | undefined;

  /** Whether there is a way to draw what a generator makes. */
  static fits({ generator, samples: { plane } }: RunView): boolean {
    if (generator === undefined) return false;
    const { sampleShape } = generator;
    return plane?.dimension === 2 || (sampleShape.length === 3 && [1, 3].includes(sampleShape[2]));
  }

  constructor(
    private run: RunView,
    private readonly generators: Generators,
  ) {
    this.canvas = new FittedCanvas(run.samples.plane === undefined ? 1 / inRow + 0.6 : 1);
    const other = element('button', { type: 'button' }, 'other latents');
    other.addEventListener('click', () => {
      this.seed++;
      void this.refresh();
    });
    this.slider.addEventListener('input', () => this.draw());
    this.root.append(
      this.canvas.root,
      element(
        'div',
        { class: 'slider' },
        element('label', { for: this.slider.id }, 'from one latent to another'),
        this.slider,
        other,
      ),
      this.status,
    );
    this.visible = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        this.isSeen = true;
        void this.refresh();
      }
    });
    this.visible.observe(this.root);
  }

  update(run: RunView): void {
    this.run = run;
    if (this.isSeen) void this.refresh();
  }

  dispose(): void {
    this.visible.disconnect();
    this.canvas.dispose();
    this.isDisposed = true;
    // What loads it or asks it lets it go in the end.
    if (!this.busy) void this.generator?.dispose();
  }

  /** Loads the newest generator and asks it, one thing at a time. */
  private async refresh(): Promise<void> {
    const { generator: view, name } = this.run;
    if (view === undefined || this.busy || this.isDisposed) return;
    const wanted = this.wanted;
    if (this.made === wanted) return;
    this.busy = true;
    try {
      if (this.loaded !== view.version) {
        if (this.generator === undefined) setText(this.status, 'loading the generator and ONNX Runtime ...');
        const fresh = await PageGenerator.load(this.generators, name, view.latents.dimension);
        await this.generator?.dispose();
        this.generator = fresh;
        this.loaded = view.version;
      }
      await this.generate(view, this.generator!);
      const { classes } = this.generator!;
      const ofClass = classes > 0 ? `; these are of class ${this.seed % classes} of ${classes}` : '';
      setText(this.status, `The generator runs in this page, in inference mode${ofClass}.`);
      this.draw();
    } catch (error) {
      setText(this.status, `The generator does not run here: ${messageOf(error)}`);
    } finally {
      // What failed is tried again at the next change of the run.
      this.made = wanted;
      this.busy = false;
      if (this.isDisposed) await this.generator?.dispose();
    }
    if (this.wanted !== wanted) await this.refresh();
  }

  private get wanted(): string {
    return `${this.run.generator?.version} ${this.seed}`;
  }

  private async generate({ latents }: GeneratorView, generator: PageGenerator): Promise<void> {
    const { dimension, distribution } = latents;
    const stream = RandomStream.fromSeed(this.seed).derive('latents');
    const draw = (many: number) =>
      distribution === 'uniform'
        ? stream.uniform(many * dimension, { low: -1, high: 1 })
        : stream.normal(many * dimension);
    const [from, to] = [draw(1), draw(1)];
    // Other latents are of the next class.
    const label = this.seed % Math.max(1, generator.classes);
    this.way = await generator.generate(interpolateLatents(from, to, waySteps, distribution), label);
    if (this.run.samples.plane !== undefined) this.cloud = await generator.generate(draw(cloud), label);
  }

  private draw(): void {
    const { way, run } = this;
    if (way === undefined) return;
    const at = Number(this.slider.value) / (waySteps - 1);
    const { plane } = run.samples;
    const percent = `${Math.round(100 * at)} % of the way from one latent to another`;
    if (plane === undefined) {
      const { sampleShape, range } = run.generator!;
      const images = toBitmaps(way, sampleShape, range);
      this.canvas.draw(
        `${inRow} generated images between two latents, one of them large: ${percent}`,
        (...canvas) => drawImages(...canvas, { images, at, inRow }),
      );
      return;
    }
    const placed = (values: Float32Array) => values.map((value) => plane.scale * value + plane.offset);
    const content = { plane, generated: placed(this.cloud!), way: { points: placed(way), at } };
    this.canvas.draw(
      `the way of the generated point between two latents, over ${count(cloud)} generated points; the mark: ${percent}`,
      (...canvas) => drawPlane(...canvas, content),
    );
  }
}
