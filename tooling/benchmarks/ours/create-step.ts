import { RandomStream, type Method } from '@dist-gan/core';
// The step that `fit` runs. The package exports only `fit`, which draws weights and batches itself; here they must be
// those that the peers have.
import { inputLayout, type InputLayout } from '../../../packages/trainer/src/inputs/input-layout.js';
import { buildNetworks, disposeNetworks } from '../../../packages/trainer/src/networks/build-networks.js';
import { updateRule } from '../../../packages/trainer/src/optimizers/update-rule.js';
import { createTrainingState } from '../../../packages/trainer/src/step/training-state.js';
import { createTrainingStep } from '../../../packages/trainer/src/step/training-step.js';
import { architectureOf, methodOf, networkShape } from './product-parts.js';
import { seededWeights } from './seeded-weights.js';
import type { Step } from './step.js';
import { batchOf, type Arrays, type Workload } from './workloads.js';

/** A workload's step as the trainer makes it of the product's method and architecture, from seeded weights. */
export function createStep(workload: Workload): Step {
  const method = methodOf(workload);
  const shape = networkShape(workload);
  const networks = buildNetworks(method, architectureOf(workload), shape, RandomStream.fromSeed(0));
  const weights = seededWeights(networks, workload);
  const state = createTrainingState(method, networks);
  const layout = inputLayout(method, { batchSize: workload.batch, ...shape });
  const step = createTrainingStep(method, state, layout);
  return {
    inputs: Object.fromEntries(Object.entries(layout.shapes).map(([feed, shape]) => [feed, [...shape]])),
    weights,
    batchOf: (index) => ({
      ...stacked(batchOf(workload, index), workload, method, layout),
      rate: rates(method, index),
    }),
    run(inputs) {
      const { losses } = step(inputs);
      return Object.fromEntries(
        method.phases.map(({ name }) => [sharedPhase(workload, name), losses[`${name}/total`]]),
      );
    },
    dispose() {
      state.dispose();
      disposeNetworks(networks);
    },
  };
}

/** The draws of all phases and repeats, where the trainer's step looks for them. */
function stacked(drawn: Arrays, workload: Workload, method: Method, layout: InputLayout): Arrays {
  const feeds: Arrays = {};
  for (const phase of method.phases)
    for (let repeat = 0; repeat < phase.repeats; repeat++)
      for (const [input, { feed, row }] of Object.entries(layout.places(phase, repeat))) {
        const values = drawn[drawnName(workload, phase.name, input, repeat)];
        feeds[feed] ??= new Float32Array(layout.shapes[feed].reduce((product, size) => product * size, 1));
        feeds[feed].set(values, row * values.length);
      }
  return feeds;
}

/** What all rows call a phase. */
function sharedPhase({ step }: Workload, phase: string): string {
  return step === 'resnet-critic' ? 'critic' : phase;
}

const drawnInputs: Readonly<Record<string, string>> = {
  real: 'Real',
  latents: 'Latents',
  coefficients: 'Interpolation',
};
const criticInputs: Readonly<Record<string, string>> = {
  real: 'real',
  latents: 'fake',
  coefficients: 'interpolation',
};

/** What an input of a phase is called among the draws of {@link batchOf}. */
function drawnName({ step }: Workload, phase: string, input: string, repeat: number): string {
  if (step === 'resnet-critic') return criticInputs[input];
  return `${phase}${drawnInputs[input]}${phase === 'discriminator' ? repeat : ''}`;
}

/** The rates of all optimiser calls of a step, in the order in which the step makes them. */
function rates(method: Method, step: number): Float32Array {
  return Float32Array.from(
    method.phases.flatMap(({ optimizer, repeats }) =>
      Array.from({ length: repeats }, (_, repeat) =>
        updateRule(optimizer).rate(optimizer.learningRate, step * repeats + repeat + 1),
      ),
    ),
  );
}
