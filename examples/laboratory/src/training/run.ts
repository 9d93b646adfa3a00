import { fit, type RunState, type TrainingResult } from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { makeDistribution } from '../distributions/distributions.js';
import { methodEntries, withDefaults } from '../settings/methods.js';
import type { Control } from './control.js';
import { coverageOf } from './coverage.js';
import { exportGenerator } from './export-generator.js';
import { MeanLosses } from './losses.js';
import type { FromWorker, RunRequest } from './messages.js';
import { pointNetworks, watched } from './networks.js';
import { loadRuntime } from './runtime.js';
import { View } from './view.js';

/** Milliseconds between two frames, at least. */
const framePause = 100;
/** A frame may take this share of the time, at most: a view of wide networks costs as much as many steps. */
const frameShare = 0.2;

/** Builds and trains one run, tells what is to be seen of it, and does what the control says, until the last step is done. */
export async function trainRun(
  { settings, place, state: resume }: RunRequest,
  control: Control,
  tell: (message: FromWorker) => void,
): Promise<void> {
  const chosen = settings.methods[place];
  const distribution = makeDistribution(settings.distribution, settings.dots);
  // A second thread makes a step slower as soon as something else wants its core, such as the page.
  const engine = { ...(await loadRuntime(settings.device)), threads: 1 };
  const networks: Record<string, LayersModel> = {};
  const coverage = coverageOf(distribution);
  const losses = new MeanLosses();
  const pace = new Pace();
  let view: View | undefined;
  let endOfStep = 0;

  const showFrame = async (step: number, seconds: number) => {
    const began = performance.now();
    const pictures = await view!.look();
    const frame = {
      step,
      seconds,
      stepsPerSecond: pace.speedUntil(step),
      // It trains on only where nothing makes it wait.
      rest: control.waits || step === settings.steps ? 0 : control.rest.share,
      ...pictures,
      coverage: await coverage(pictures.samples),
      losses: losses.take(),
    };
    tell({ type: 'frame', frame });
    pace.frameTook(performance.now() - began);
  };

  const answer = async (readState: () => Promise<RunState | undefined>) => {
    for (const { number, question } of control.takeAsked()) {
      try {
        const value =
          question.kind === 'state'
            ? await readState()
            : await exportGenerator(networks.generator, question.form);
        tell({ type: 'answer', number, value });
      } catch (error) {
        tell({ type: 'answer', number, error: (error as Error).message });
      }
    }
  };

  /** Waits where the page says so, and answers meanwhile. The variables of the networks must be up to date when it waits. */
  const obey = async (readState: () => Promise<RunState | undefined>) => {
    await answer(readState);
    if (!control.waits) return;
    tell({ type: 'paused' });
    while (control.waits) {
      await control.changed();
      await answer(readState);
    }
  };

  const result: TrainingResult = await fit({
    method: methodEntries[chosen.id].make(withDefaults(chosen.id, chosen.options)),
    architecture: watched(pointNetworks(settings), (kind, network) => (networks[kind] = network)),
    dataset: distribution.dataset,
    latents: settings.latents,
    batchSize: settings.batchSize,
    steps: settings.steps,
    seed: settings.seed,
    compiler: engine,
    ...(resume !== undefined && { resume }),
    callbacks: {
      async onStart({ engine: description, parameters, step }) {
        view = await View.open(networks.generator, networks.discriminator, settings, engine);
        tell({
          type: 'opened',
          engine: `${description!.engine}, ${settings.device}`,
          parameters: Object.values(parameters).reduce((sum, count) => sum + count, 0),
        });
        await showFrame(step, resume?.seconds ?? 0);
        await obey(async () => resume);
        endOfStep = performance.now();
      },
      async onStep({ step, seconds, timing, losses: ofStep, state }) {
        losses.add(ofStep);
        control.stepDone();
        pace.trained(timing.inputs + timing.steps);
        const last = step === settings.steps;
        if (control.waits || last || pace.isFrameDue()) {
          await state();
          await showFrame(step, seconds);
        }
        if (last) return;
        const rest = control.rest.after(performance.now() - endOfStep);
        await obey(state);
        if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
        endOfStep = performance.now();
      },
    },
  });
  tell({ type: 'finished' });
  for (;;) {
    await answer(() => result.state());
    await control.changed();
  }
}

/** When the next frame is due, and how fast the steps were. */
class Pace {
  private framed = performance.now();
  private wait = framePause;
  private training = 0;
  private last = { step: 0, training: 0 };

  /** @param seconds spent in steps so far */
  trained(seconds: number): void {
    this.training = seconds;
  }

  isFrameDue(): boolean {
    return performance.now() - this.framed >= this.wait;
  }

  frameTook(milliseconds: number): void {
    this.framed = performance.now();
    this.wait = Math.max(framePause, milliseconds / frameShare);
  }

  /** Steps a second since the last call. */
  speedUntil(step: number): number {
    const seconds = this.training - this.last.training;
    const speed = seconds > 0 ? (step - this.last.step) / seconds : 0;
    this.last = { step, training: this.training };
    return speed;
  }
}
