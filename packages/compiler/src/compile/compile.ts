import { countOperations } from '../graph/traverse.js';
import { record, type TensorFunction } from '../record/record.js';
import { optimizeFor } from '../targets/optimize.js';
import { firstThatWorks } from './choose-engine.js';
import type { Compiled, CompileReport } from './compiled.js';
import { CompiledFunction } from './compiled-function.js';
import { graphOfRecording } from './graph-of-recording.js';
import { checkOptions, type CompileOptions } from './options.js';
import type { InputSpecs, NamedTensors, TensorsOf } from './typed-tensors.js';

/**
 * Records a function of tensors once and makes one program of it: forward, gradients of any order and
 * updates of variables in one call of the engine.
 *
 * The function must be pure in (variables, inputs): random numbers, learning rates and whatever else
 * changes enter as inputs. Variables that it reads or assigns are found by recording; their content is
 * copied into the engine now, and is the engine's from then on until `readVariables()`.
 *
 * @throws CompileError the function reads a value, draws random numbers, creates variables, or uses a kernel that has no entry.
 * @throws BackendError the engine is not installed or has no such device.
 *
 * @example
 * const weight = tf.variable(tf.scalar(1));
 * const step = await compile(
 *   ({ x }) => {
 *     const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(tf.mul(weight, x))), [weight]);
 *     weight.assign(tf.sub(weight, tf.mul(0.1, grads[weight.name])));
 *     return { loss: value };
 *   },
 *   { inputs: { x: { shape: [4] } } },
 * );
 * const { loss } = await step.run({ x: Float32Array.of(1, 2, 3, 4) });  // loss.data[0] is 7.5
 * await step.readVariables();                                           // weight is 1 - 0.1 * 15 = -0.5
 */
export async function compile<const Inputs extends InputSpecs, Outputs extends NamedTensors<Outputs>>(
  fn: (inputs: TensorsOf<Inputs>) => Outputs,
  options: CompileOptions<Inputs>,
): Promise<Compiled<Inputs, Outputs>> {
  checkOptions(options);
  const started = performance.now();
  const recording = record(fn as unknown as TensorFunction, options.inputs);
  const recorded = performance.now();

  const { graph: original, variables } = graphOfRecording(recording);
  const { target, device, engine, graph, program, passMs } = await firstThatWorks(
    options,
    original,
    async (choice) => {
      const { target, device } = choice;
      const engine = await target.start({ ...options, device }, original);
      const own = await target.ownPasses?.();
      const begin = performance.now();
      const expanded = target.expand(original, recording.builder, device);
      const graph = optimizeFor(target, expanded, recording.builder, own, options.passes);
      const passMs = performance.now() - begin;
      return { ...choice, engine, graph, passMs, program: await engine.createProgram(graph) };
    },
  );

  const report: CompileReport = {
    target: target.name,
    device,
    engine: engine.title,
    threads: options.threads ?? program.threads,
    operationsRecorded: countOperations(original),
    operationsRun: countOperations(graph),
    variables: variables.map((variable) => variable.name),
    recordMs: recorded - started,
    passMs,
    sessionMs: performance.now() - recorded - passMs,
  };
  const compiled = new CompiledFunction(
    { graph: original, builder: recording.builder },
    graph,
    program,
    variables,
    report,
    options,
  );
  try {
    await compiled.writeVariables();
  } catch (error) {
    await program.dispose();
    throw error;
  }
  return compiled as unknown as Compiled<Inputs, Outputs>;
}
