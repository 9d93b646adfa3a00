/**
 * What the page opens with, on ONNX Runtime in Node and on its wasm: from states of one run, the next steps are the same. Runs from the start are not:
 * Adam turns rounding into other signs of small gradients, and after ten steps they part.
 */
import '@tensorflow/tfjs-backend-cpu';
import { fit, type FitOptions, type RunState } from '@dist-gan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import * as wasm from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { makeDistribution } from './src/distributions/distributions.js';
import { methodEntries, withDefaults } from './src/settings/methods.js';
import { defaultSettings } from './src/settings/settings.js';
import { pointNetworks } from './src/training/networks.js';

type Losses = Readonly<Record<string, number>>;
const engines = {
  node: { target: 'onnx', threads: 1 },
  wasm: { runtime: wasm, device: 'cpu', threads: 1 },
} satisfies Record<string, FitOptions['compiler']>;

/** Trains on one engine up to a step, and returns the losses of each and the last state. */
async function train(engine: keyof typeof engines, last: number, resume?: RunState) {
  const end = new AbortController();
  const losses: Losses[] = [];
  let reached: RunState | undefined;
  const { methods, distribution, latents, batchSize, steps, seed } = defaultSettings;
  const [{ id, options }] = methods;
  const result = await fit({
    method: methodEntries[id].make(withDefaults(id, options)),
    architecture: pointNetworks(defaultSettings),
    dataset: makeDistribution(distribution, []).dataset,
    latents,
    batchSize,
    steps,
    seed,
    compiler: engines[engine],
    signal: end.signal,
    ...(resume !== undefined && { resume }),
    callbacks: {
      async onStep(event) {
        losses.push(event.losses);
        if (event.step < last) return;
        reached = await event.state();
        end.abort();
      },
    },
  });
  await result.dispose();
  return { losses, state: reached! };
}

it('makes the same three steps from three states of a run', { timeout: 600_000 }, async () => {
  await tf.setBackend('cpu');
  let state: RunState | undefined;
  for (const step of [500, 1000, 2000]) {
    ({ state } = await train('node', step, state));
    const inNode = await train('node', step + 3, state);
    const inWasm = await train('wasm', step + 3, state);
    for (const [i, losses] of inNode.losses.entries())
      for (const [name, loss] of Object.entries(losses))
        expect(Math.abs(inWasm.losses[i][name] - loss), `${name} at ${step + i + 1}`).toBeLessThan(
          1e-4 * Math.max(1, Math.abs(loss)),
        );
  }
});
