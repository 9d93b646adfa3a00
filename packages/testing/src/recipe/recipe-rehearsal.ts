import {
  RandomStream,
  type ComputingStage,
  type Recipe,
  type RoleId,
  type StageContext,
  type StageTensors,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildTinyNetworks, latentDimension, sampleDimension } from '../method/tiny-networks.js';

/** Samples of the data set that recipes are tested with. */
export const dataSize = 40;

/**
 * The stages of a recipe one after the other, those that train left out: tiny networks as they are drawn stand for what
 * training would leave. The caller disposes it.
 */
export class RecipeRehearsal {
  private readonly networks = new Map<RoleId, LayersModel>();
  private readonly data = RandomStream.fromSeed(4).uniform(dataSize * sampleDimension);

  constructor(private readonly recipe: Recipe) {}

  dispose(): void {
    for (const network of this.networks.values()) network.dispose();
  }

  /** What all stages leave. `visit` sees each stage with what those before it left, and may compute it in its own way. */
  async run(
    visit: (
      stage: Recipe['stages'][number],
      before: StageTensors,
    ) => Promise<StageTensors | void> = async () => {},
  ): Promise<StageTensors> {
    let tensors: StageTensors = {};
    for (const stage of this.recipe.stages) {
      const visited = await visit(stage, tensors);
      const made =
        'method' in stage ? this.train(stage.method) : (visited ?? (await this.compute(stage, tensors)));
      tensors = { ...tensors, ...made };
    }
    return tensors;
  }

  /** A stage that computes, of what the stages before it left. */
  compute(
    stage: ComputingStage,
    tensors: StageTensors,
    changes: Partial<StageContext> = {},
  ): Promise<StageTensors> {
    return stage.compute({
      tensors,
      latentDimension,
      dataSize,
      samples: async (indices) =>
        Float32Array.from(
          { length: indices.length * sampleDimension },
          (_, at) =>
            this.data[indices[Math.floor(at / sampleDimension)] * sampleDimension + (at % sampleDimension)],
        ),
      apply: async (role, rows) => this.apply(role, rows),
      random: RandomStream.fromSeed(5).derive(stage.name),
      save: async () => {},
      report: () => {},
      ...changes,
    });
  }

  private train(method: Parameters<typeof buildTinyNetworks>[0]): StageTensors {
    const made: Record<string, StageTensors[string]> = {};
    for (const [role, network] of buildTinyNetworks(method)) {
      if (this.networks.has(role)) network.dispose();
      else this.networks.set(role, network);
      for (const [place, weight] of this.networks.get(role)!.getWeights().entries()) {
        made[`weights/${role}/${place}`] = {
          shape: weight.shape,
          data: weight.dataSync().slice() as Float32Array,
        };
      }
    }
    return made;
  }

  private apply(role: RoleId, rows: Float32Array): Float32Array {
    const network = this.networks.get(role);
    if (network === undefined) throw new Error(`no earlier stage trains a network for the role "${role}"`);
    return tf.tidy(() => {
      const width = network.inputs[0].shape[1]!;
      const made = network.apply(tf.tensor(rows, [rows.length / width, width]), { training: true });
      return [made as tf.Tensor | tf.Tensor[]].flat()[0].dataSync() as Float32Array;
    });
  }
}
