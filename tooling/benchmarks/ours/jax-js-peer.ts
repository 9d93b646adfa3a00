/**
 * The row of jax-js: the 25-Gaussian step, jitted, on its wasm backend in Node. Every array is owned: an
 * operation consumes its arguments, and `.ref` keeps one for later.
 */
import {
  blockUntilReady,
  defaultDevice,
  grad,
  init,
  jit,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { readOptions, serve, versionsOf } from '#host';
import { checkSteps, inputPool, runCheckSteps } from './measure.js';
import {
  batchOf,
  initialWeights,
  inputShapes,
  loadWorkload,
  mlpShapes,
  type MlpWorkload,
} from './workloads.js';

type Array_ = np.Array;
type Arrays = Record<string, Array_>;
type Phase = 'reconstruction' | 'discriminator' | 'generator';
interface Slots {
  first: Arrays;
  second: Arrays;
  /** beta^t as running products: `np.power` is off by 1e-5 here, which is 1% of 1 - beta2. */
  beta1Power: Array_;
  beta2Power: Array_;
}
interface State {
  weights: Arrays;
  slots: Record<Phase, Slots>;
}

const options = readOptions(['wasm']);
// Its code generator reads navigator.userAgent, which Node 20 does not have; its pool has as many workers as there are processors.
const host = globalThis as { navigator?: object };
host.navigator ??= { userAgent: 'node' };
Object.defineProperty(host.navigator, 'hardwareConcurrency', { value: options.threads, configurable: true });

const workload = loadWorkload(options.workload, {
  batch: options.batch,
  width: options.width,
}) as MlpWorkload;
if (workload.step !== 'mlp') throw new Error(`jax-js-peer: only the MLP workloads, not '${workload.name}'`);

const updatedRoles: Record<Phase, string[]> = {
  reconstruction: ['encoder', 'generator'],
  discriminator: ['discriminator'],
  generator: ['generator'],
};

const take = (arrays: Arrays, roles: string[]): Arrays =>
  Object.fromEntries(
    Object.entries(arrays)
      .filter(([name]) => roles.includes(name.split('/')[0]))
      .map(([name, array]) => [name, array.ref]),
  );

const network = (weights: Arrays, role: string, samples: Array_): Array_ => {
  let hidden = samples;
  for (let layer = 0; layer <= workload.hiddenLayers; layer++) {
    const kernel = weights[`${role}/dense${layer}/kernel`].ref;
    hidden = np.matmul(hidden, kernel).add(weights[`${role}/dense${layer}/bias`].ref);
    if (layer < workload.hiddenLayers) hidden = nn.relu(hidden);
  }
  return hidden;
};
const generate = (weights: Arrays, latents: Array_) => nn.sigmoid(network(weights, 'generator', latents));
const score = (weights: Arrays, samples: Array_) => network(weights, 'discriminator', samples);

function reconstructionLoss(weights: Arrays, real: Array_, latents: Array_): Array_ {
  const codes = network(weights, 'encoder', real.ref);
  const logits = network(weights, 'generator', codes.ref);
  const reconstruction = np.mean(nn.softplus(logits.ref).sub(real.mul(logits.ref)));
  const dataDistance = np.mean(nn.sigmoid(logits).sub(generate(weights, latents.ref)));
  const distance = np.square(dataDistance.sub(np.mean(codes.sub(latents))));
  return reconstruction.add(distance.mul(workload.latentDistanceWeight));
}

function discriminatorLoss(
  weights: Arrays,
  samples: { real: Array_; reconstructed: Array_; fake: Array_; interpolation: Array_ },
): Array_ {
  const { real, reconstructed, fake, interpolation } = samples;
  const interpolated = interpolation.ref.mul(real.ref).add(np.subtract(1, interpolation).mul(fake.ref));
  const gradient = grad((x: Array_) => np.sum(score(weights, x)))(interpolated);
  const norms = np.sqrt(np.mean(np.square(gradient), 1).add(1e-12));
  return np
    .mean(nn.softplus(score(weights, real).neg()))
    .mul(workload.realWeight)
    .add(np.mean(nn.softplus(score(weights, reconstructed).neg())).mul(workload.reconstructionWeight))
    .add(np.mean(nn.softplus(score(weights, fake))))
    .add(np.mean(np.square(norms.sub(1))).mul(workload.gradientPenaltyWeight));
}

function generatorLoss(updated: Arrays, fixed: Arrays, real: Array_, latents: Array_): Array_ {
  const realScore = np.mean(nn.sigmoid(score(fixed, real)));
  return np.abs(realScore.sub(np.mean(nn.sigmoid(score(fixed, generate(updated, latents))))));
}

function update(state: State, phase: Phase, lossOf: (updated: Arrays) => Array_): [State, Array_] {
  const [loss, gradients] = valueAndGrad(lossOf)(take(state.weights, updatedRoles[phase])) as [
    Array_,
    Arrays,
  ];
  const { learningRate, beta1, beta2, epsilon } = workload;
  const slots = state.slots[phase];
  const beta1Power = slots.beta1Power.mul(beta1);
  const beta2Power = slots.beta2Power.mul(beta2);
  const rate = np.divide(learningRate, np.subtract(1, beta1Power.ref));
  const correction = np.sqrt(np.subtract(1, beta2Power.ref));
  const weights = { ...state.weights };
  const first: Arrays = {};
  const second: Arrays = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    first[name] = slots.first[name].mul(beta1).add(gradient.ref.mul(1 - beta1));
    second[name] = slots.second[name].mul(beta2).add(np.square(gradient).mul(1 - beta2));
    const denominator = np.sqrt(second[name].ref).div(correction.ref).add(epsilon);
    weights[name] = weights[name].sub(rate.ref.mul(first[name].ref).div(denominator));
  }
  return [{ weights, slots: { ...state.slots, [phase]: { first, second, beta1Power, beta2Power } } }, loss];
}

function step(state: State, inputs: Arrays): [State, Arrays] {
  const losses: Arrays = {};
  [state, losses['reconstruction']] = update(state, 'reconstruction', (updated) =>
    reconstructionLoss(updated, inputs['reconstructionReal'], inputs['reconstructionLatents']),
  );
  for (let repeat = 0; repeat < workload.criticSteps; repeat++) {
    const { weights } = state;
    const real = inputs[`discriminatorReal${repeat}`];
    const samples = {
      reconstructed: generate(weights, network(weights, 'encoder', real.ref)),
      fake: generate(weights, inputs[`discriminatorLatents${repeat}`]),
      real,
      interpolation: inputs[`discriminatorInterpolation${repeat}`],
    };
    [state, losses['discriminator']] = update(state, 'discriminator', (updated) =>
      discriminatorLoss(updated, samples),
    );
  }
  const { weights } = state;
  [state, losses['generator']] = update(state, 'generator', (updated) =>
    generatorLoss(updated, weights, inputs['generatorReal'], inputs['generatorLatents']),
  );
  return [state, losses];
}

const jitted = jit(step as never) as unknown as (state: State, inputs: Arrays) => [State, Arrays];
let state: State;
let batches: Arrays[];
let position = checkSteps;

const toArrays = (values: Record<string, Float32Array>, shapes: Record<string, number[]>): Arrays =>
  Object.fromEntries(
    Object.entries(values).map(([name, data]) => [name, np.array(data as never).reshape(shapes[name])]),
  );

async function runStep(inputs: Arrays): Promise<Record<string, number>> {
  const [next, losses] = jitted(state, tree.ref(inputs));
  state = next;
  const read = async ([name, loss]: [string, Array_]) =>
    [name, ((await loss.data()) as Float32Array)[0]] as const;
  return Object.fromEntries(await Promise.all(Object.entries(losses).map(read)));
}

await serve(options, {
  versions: versionsOf('@jax-js/jax'),
  async prepare() {
    await init('wasm');
    defaultDevice('wasm');
    const weights = toArrays(initialWeights(workload), mlpShapes(workload));
    const zeros = (phase: Phase): Slots => {
      const make = () =>
        Object.fromEntries(
          Object.entries(take(weights, updatedRoles[phase])).map(([name, array]) => [
            name,
            np.zerosLike(array),
          ]),
        );
      return { first: make(), second: make(), beta1Power: np.array(1), beta2Power: np.array(1) };
    };
    state = {
      weights,
      slots: {
        reconstruction: zeros('reconstruction'),
        discriminator: zeros('discriminator'),
        generator: zeros('generator'),
      },
    };
    batches = Array.from({ length: inputPool }, (_, index) =>
      toArrays(batchOf(workload, index), inputShapes(workload)),
    );
    return runCheckSteps((index) => runStep(batches[index]));
  },
  async runBlock(steps) {
    for (let done = 0; done < steps; done++) await runStep(batches[position++ % inputPool]);
    await blockUntilReady(state as never);
  },
});
