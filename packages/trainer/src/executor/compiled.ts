import { BackendError, isGanError, type RoleId } from '@dist-gan/core';
import { compile, type Compiled, type CompileOptions } from '@dist-gan/compiler';
import type { Tensor } from '@tensorflow/tfjs-core';
import { mapValues } from '../map-values.js';
import type { CompilerOptions, Executor, ExecutorOptions } from './executor.js';
import { packLosses } from './pack-losses.js';

/**
 * Runs the step as one compiled graph. The state lives in the engine between steps; samples come from a second
 * program for each generator, which gets the weights when it is asked after a step.
 *
 * @throws BackendError when the engine is not installed or has no such device
 * @throws CompileError when the step cannot be recorded
 */
export async function createCompiledExecutor(
  { step, state, shapes, batchSize, latentDimension }: ExecutorOptions,
  options: CompilerOptions = {},
): Promise<Executor> {
  const packed = packLosses(step);
  const program = await compileOrExplain(packed.run, {
    ...options,
    inputs: mapValues(shapes, (shape) => ({ shape })),
  });
  const samplers = new Map<RoleId, { readonly program: Promise<Compiled>; ofStep: number }>();
  let stepsRun = 0;
  let stepsRead = 0;

  const readState = async () => {
    if (stepsRead === stepsRun) return;
    await program.readVariables();
    stepsRead = stepsRun;
  };

  const samplerOf = async (role: RoleId): Promise<Compiled> => {
    await readState();
    const sampler = samplers.get(role) ?? { program: compileSampler(role), ofStep: stepsRun };
    samplers.set(role, sampler);
    const compiled = await sampler.program;
    if (sampler.ofStep !== stepsRun) {
      sampler.ofStep = stepsRun;
      await compiled.writeVariables();
    }
    return compiled;
  };

  const compileSampler = (role: RoleId) =>
    compile(
      ({ latents }) => {
        // In training mode moving averages change; they change in the sampler's copy of the state only.
        const output = state.networks[role].apply(latents, { training: true }) as Tensor | Tensor[];
        return { samples: Array.isArray(output) ? output[0] : output };
      },
      // Where the step runs is settled, and told.
      { ...options, target, device, inputs: { latents: { shape: [batchSize, latentDimension] } } },
    );

  const { target, device, engine } = program.report;
  return {
    id: 'compiled',
    engine: { target, device, engine },
    async run(feeds) {
      const { losses } = await program.run(feeds);
      stepsRun++;
      return packed.unpack(losses.data);
    },
    async generate(role, latents) {
      const sampler = await samplerOf(role);
      return (await sampler.run({ latents })).samples.data as Float32Array;
    },
    readState,
    async dispose() {
      program.dispose();
      const compiled = await Promise.allSettled([...samplers.values()].map((sampler) => sampler.program));
      for (const sampler of compiled) if (sampler.status === 'fulfilled') sampler.value.dispose();
    },
  };
}

async function compileOrExplain(
  step: Parameters<typeof compile>[0],
  options: CompileOptions,
): Promise<Compiled> {
  try {
    return await compile(step, options);
  } catch (error) {
    if (!isGanError(error, 'BACKEND_UNAVAILABLE')) throw error;
    throw new BackendError(
      `fit: the step cannot be compiled: ${error.message} Or train with executor: 'eager'.`,
      (error as BackendError).backend,
      { cause: error },
    );
  }
}
