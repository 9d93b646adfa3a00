/** The run that the page shows: the preset for 25 Gaussians, on the ONNX Runtime that it is given. */
import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import { gaussianGrid } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
import { presets } from '@dist-gan/presets';
import { modeCoverage } from '@dist-gan/metrics';
import { fit } from '@dist-gan/trainer';

export const preset = presets['gaussian-grid'];
export const dataset = gaussianGrid(preset.dataset.options);
const { centres, registrationRadius: radius } = dataset.mixture;

/** @returns the TrainingResult of `fit`; how often it is evaluated is the one setting that is not the preset's */
export function train({ seed, steps = preset.steps, every, compiler, callbacks, signal }) {
  return fit({
    method: distGan(preset.method.options),
    architecture: mlp(preset.architecture.options),
    dataset,
    latents: preset.latents,
    batchSize: preset.batchSize,
    steps,
    seed,
    evaluation: {
      every,
      samples: preset.evaluation.samples,
      metrics: () => [modeCoverage({ centres, radius })],
    },
    compiler,
    callbacks,
    signal,
  });
}
