import { compile, type Compiled } from '@dist-gan/compiler';
import {
  RandomStream,
  type NetworkKind,
  type RoleId,
  type SampleBatch,
  type StageTensors,
} from '@dist-gan/core';
import { createSampler } from '../evaluation/sampler.js';
import { applyEagerly, applyInOrder, rowShape } from '../networks/apply-eagerly.js';
import type { RecipeOptions } from './recipe-options.js';
import { startingFrom } from './trained-networks.js';

/** Rows through the network of a role, with the weights that the stages left. */
export async function applyRole(
  { architecture, dataset, latentDimension, batchSize, executor, compiler, seed, callbacks }: RecipeOptions,
  tensors: StageTensors,
  role: RoleId,
  rows: Float32Array,
): Promise<SampleBatch> {
  const kind = role as NetworkKind;
  const shape = { sampleShape: dataset.sampleShape, latentDimension };
  const network = startingFrom(architecture, tensors).build(kind, shape, RandomStream.fromSeed(seed));
  let program: Compiled | undefined;
  try {
    if (executor !== 'eager') {
      program = await compile(({ batch }) => ({ output: applyInOrder([network], batch) }), {
        ...compiler,
        inputs: { batch: { shape: [batchSize, ...rowShape([network])] } },
      });
      const { target, device, engine } = program.report;
      await callbacks?.onEngine?.({ target, device, engine });
    }
    const sample = createSampler({
      what: `${role}: rows`,
      apply: async (batch) =>
        program === undefined
          ? applyEagerly([network], batch)
          : ((await program.run({ batch })).output.data as Float32Array),
      rowLength: rowShape([network]).reduce((product, size) => product * size, 1),
      batchSize,
      sampleShape: network.outputs[0].shape.slice(1) as number[],
    });
    return await sample(rows);
  } finally {
    program?.dispose();
    network.dispose();
  }
}
