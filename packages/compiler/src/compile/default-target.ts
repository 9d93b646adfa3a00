import { OptionError, targetNames, type TargetName } from '@dist-gan/core';
import { isNode } from '../targets/is-node.js';
import { lacksAvx512, processorWords } from '../targets/processor.js';
import { isTensorFlowInstalled } from '../targets/tensorflow/installations.js';

/**
 * What runs a function on the CPU where no target is named: what is faster as a rule. That is TensorFlow where a tfjs-node is
 * installed or `dist-gan setup tensorflow` has brought one, else ONNX Runtime; or what the environment variable
 * `DIST_GAN_TARGET` says. Of functions with convolutions it is ONNX Runtime, too, where the processor has AVX2 and no AVX-512.
 * It looks for the package and loads nothing, in a few milliseconds.
 *
 * @param of.convolutions whether the function has convolutions or their gradients. Default: false
 * @throws OptionError the variable names no target
 */
export function defaultTarget({ convolutions = false }: { convolutions?: boolean } = {}): TargetName {
  const targets = defaultTargets();
  return convolutions && convolvesFasterOnOnnx() ? targets.at(-1)! : targets[0];
}

/**
 * Whether ONNX Runtime is the faster engine for convolutions: on a processor without AVX-512.
 *
 * Source: tooling/benchmarks/results/2026-11-29-avx2-convolutions.md
 */
export const convolvesFasterOnOnnx = () => lacksAvx512(processorWords());

/**
 * What runs a function of which nothing is known, and what is taken where that does not work: ONNX Runtime in place of a TensorFlow that is found and does not start,
 * but nothing in place of what somebody has named.
 */
export function defaultTargets(): readonly [TargetName, ...TargetName[]] {
  const named = targetOfEnvironment();
  if (named !== undefined) return [named];
  return isNode() && isTensorFlowInstalled() ? ['tensorflow', 'onnx'] : ['onnx'];
}

function targetOfEnvironment(): TargetName | undefined {
  const named = isNode() ? process.env.DIST_GAN_TARGET : undefined;
  // An empty variable is none.
  if (!named) return undefined;
  const target = targetNames.find((name) => name === named);
  if (target !== undefined) return target;
  throw new OptionError(
    `compile: DIST_GAN_TARGET must be "onnx" or "tensorflow", got ${JSON.stringify(named)}; change it, or unset it.`,
    'DIST_GAN_TARGET',
    named,
  );
}
