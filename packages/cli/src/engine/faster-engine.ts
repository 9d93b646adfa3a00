import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultTarget } from '@dist-gan/compiler';
import { cacheFolder, makeFolder } from '@dist-gan/core';

/**
 * How many times as fast as ONNX Runtime TensorFlow runs a step, by network and processor: medians of 1.3 (ResNet critic) and 1.5
 * (25 Gaussians) on one machine of two cores, of 1.6 and 1.7 on another, each engine with its better number of threads. Without AVX-512
 * of 1.5 (25 Gaussians), and of nothing with convolutions.
 *
 * Source: tooling/benchmarks/results/2026-11-29-engine.md and -convolutions.md, 2026-11-22-small.md and -resnet.md, 2026-11-29-avx2-small.md and -convolutions.md
 */
const timesAsFast = '1.3 to 1.7';

/** Processors for which there is a TensorFlow that `dist-gan setup tensorflow` brings. */
const processors = ['x64', 'arm64'];

interface Machine {
  readonly platform: string;
  readonly processor: string;
}

/**
 * Where TensorFlow is one command away, what it would do: once on a machine, which the folder for caches remembers.
 *
 * @returns undefined where TensorFlow is there already, cannot be brought, or was told of before
 */
export function fasterEngine(
  { platform, processor }: Machine = { platform: process.platform, processor: process.arch },
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  // Who names a target knows that there are two.
  if (environment.DIST_GAN_TARGET || defaultTarget() === 'tensorflow') return undefined;
  if (platform !== 'linux' || !processors.includes(processor)) return undefined;
  if (!rememberOnce(environment)) return undefined;
  return (
    `a faster engine is one command away: dist-gan setup tensorflow (200 MB to fetch, under a minute). Measured on two cores, ` +
    `a step takes ${timesAsFast} times as long without it, convolutions only where the processor has AVX-512. New runs take it by themselves then; this is said once.`
  );
}

/** Whether nobody has remembered it before. Where it cannot be remembered it would be said every time. */
function rememberOnce(environment: NodeJS.ProcessEnv): boolean {
  try {
    const folder = join(cacheFolder(environment), 'told');
    makeFolder(folder);
    writeFileSync(join(folder, 'setup-tensorflow'), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
